import { hash } from 'node:crypto';
import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';

/** What releases before the log (taken-log.ts) remembered: of the last events of a partition, 16 bytes of a hash of source and id. */
interface MarksDocument {
  readonly _id: string;
  readonly partition: string;
  readonly marks: mongoose.mongo.Binary;
  /** All that was read before the log is in it now. */
  readonly logged?: true;
}

const BYTES = 16;

/**
 * The events that a release before the log took last: they are not taken again by one that has it. Nothing is added. What it took
 * before those is put into the log from the topic itself; the marks then stand for what the topic keeps no longer.
 */
export class OlderMarks {
  readonly #marks = new Set<string>();

  static async load(connection: mongoose.Connection, partition: string): Promise<OlderMarks> {
    const older = new OlderMarks();
    for (const { marks } of await marksOf(connection).find({ partition }).sort({ next: 1 }).toArray()) {
      const bytes = Buffer.from(marks.buffer);
      for (let at = 0; at < marks.length(); at += BYTES) older.#marks.add(bytes.toString('latin1', at, at + BYTES));
    }
    return older;
  }

  /** Whether the log lacks what was taken of a partition before there was one. */
  static async areAll(connection: mongoose.Connection, partition: string): Promise<boolean> {
    return (await marksOf(connection).findOne({ partition, logged: { $exists: false } })) !== null;
  }

  /** All that was taken of a partition is in its log. */
  static async logged(connection: mongoose.Connection, partition: string): Promise<void> {
    await marksOf(connection).updateMany({ partition }, { $set: { logged: true } });
  }

  has(source: string, id: string): boolean {
    return (
      this.#marks.size > 0 && this.#marks.has(hash('sha1', `${source}\n${id}`, 'buffer').toString('latin1', 0, BYTES))
    );
  }
}

export function marksOf(connection: mongoose.Connection) {
  return collectionOf<MarksDocument>(connection, 'inbox_marks');
}
