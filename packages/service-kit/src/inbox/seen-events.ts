import { hash } from 'node:crypto';
import mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { isDuplicateKey, PositionLost, REPEATABLE, type Session } from '../mongo/transaction.js';

/** The marks of one batch: 16 bytes an event (a hash of source and id), one document however many events. */
interface MarksDocument {
  readonly _id: string;
  readonly partition: string;
  /** Offset after the batch. */
  readonly next: number;
  readonly marks: mongoose.mongo.Binary;
}

export interface PositionDocument {
  readonly _id: string;
  readonly next: number;
}

/** Position of a partition that nobody may take now: its read model is being emptied. */
export const HELD = -1;

const BYTES = 16;

/** `source` and `id` name an event once and for all (CloudEvents 1.0). */
export function markOf(source: string, id: string): Buffer {
  return hash('sha1', `${source}\n${id}`, 'buffer').subarray(0, BYTES);
}

/**
 * What this service has taken of one partition: the offset to go on from, and the last events by their marks. Both are
 * written in the transaction of the effect, so an event takes effect once though Kafka delivers it again (the offset
 * says so) or its relay published it twice (its mark says so). Bounded: the newest `window` marks of each partition.
 */
export class SeenEvents {
  /** False while none of the partition's events is surely parked: nothing has to be looked up then. */
  mayBeParked = true;
  readonly #marks = new Map<string, string[]>();
  readonly #set = new Set<string>();
  #next = 0;
  /** What the database has: behind `#next` while the events since then were of no concern. */
  #stored = 0;
  #fresh: string[] = [];

  private constructor(
    private readonly connection: mongoose.Connection,
    private readonly partition: string,
    private readonly window: number,
  ) {}

  static async load(
    connection: mongoose.Connection,
    topic: string,
    partition: number,
    window: number,
  ): Promise<SeenEvents> {
    const seen = new SeenEvents(connection, `${topic}/${partition}`, window);
    await seen.#load();
    return seen;
  }

  /** Offset of the next event to take. */
  get next(): number {
    return this.#next;
  }

  /** Offset that the database has. */
  get stored(): number {
    return this.#stored;
  }

  /** Marks the event as taken in the batch under way; false when it was taken before. */
  take(source: string, id: string): boolean {
    const mark = markOf(source, id).toString('latin1');
    if (this.#set.has(mark)) return false;
    this.#set.add(mark);
    this.#fresh.push(mark);
    return true;
  }

  /** Forgets the batch under way: its transaction did not commit. */
  rollback(): void {
    for (const mark of this.#fresh) this.#set.delete(mark);
    this.#fresh = [];
  }

  /** Writes the marks and the position in the caller's transaction; fails when another reader was here meanwhile. */
  async write(next: number, session: Session): Promise<void> {
    const positions = positionsOf(this.connection);
    if (this.#stored === 0) {
      try {
        await positions.insertOne({ _id: this.partition, next }, { session });
      } catch (error) {
        if (isDuplicateKey(error)) throw new PositionLost(`${this.partition}: read by another`);
        throw error;
      }
    } else {
      const { matchedCount } = await positions.updateOne(
        { _id: this.partition, next: this.#stored },
        { $set: { next } },
        { session },
      );
      if (matchedCount !== 1) throw new PositionLost(`${this.partition}: read by another`);
    }
    if (this.#fresh.length > 0) {
      const marks = new mongoose.mongo.Binary(Buffer.from(this.#fresh.join(''), 'latin1'));
      await marksOf(this.connection).insertOne(
        { _id: `${this.partition}/${this.#next}`, partition: this.partition, next, marks },
        { session },
      );
    }
  }

  /** The transaction committed: the batch is taken. Now and then the marks beyond the window go. */
  async committed(next: number): Promise<void> {
    if (this.#fresh.length > 0) this.#marks.set(`${this.partition}/${this.#next}`, this.#fresh);
    this.#fresh = [];
    this.#next = next;
    this.#stored = next;
    if (this.#set.size > this.window * 1.25) await this.#forget();
  }

  /** Passes over events that are of no concern: nothing to write for now (`store` does, when there is time). */
  skipTo(next: number): void {
    this.#next = next;
  }

  /** Writes the position that was only skipped to. */
  async store(): Promise<void> {
    if (this.#next === this.#stored) return;
    const [from, next] = [this.#stored, this.#next];
    const positions = positionsOf(this.connection);
    if (from === 0) await positions.insertOne({ _id: this.partition, next }, { writeConcern: REPEATABLE });
    else {
      const { matchedCount } = await positions.updateOne(
        { _id: this.partition, next: from },
        { $set: { next } },
        { writeConcern: REPEATABLE },
      );
      if (matchedCount !== 1) throw new PositionLost(`${this.partition}: read by another`);
    }
    this.#stored = next;
  }

  /** Drops the oldest batches of marks, as long as `window` newer ones stay. */
  async #forget(): Promise<void> {
    const gone: string[] = [];
    for (const [id, marks] of this.#marks) {
      if (this.#set.size - marks.length < this.window) break;
      for (const mark of marks) this.#set.delete(mark);
      this.#marks.delete(id);
      gone.push(id);
    }
    if (gone.length > 0) await marksOf(this.connection).deleteMany({ _id: { $in: gone } });
  }

  async #load(): Promise<void> {
    this.#next = (await positionsOf(this.connection).findOne({ _id: this.partition }))?.next ?? 0;
    this.#stored = this.#next;
    if (this.#next === HELD) throw new PositionLost(`${this.partition}: the read model is being emptied`);
    const batches = await marksOf(this.connection).find({ partition: this.partition }).sort({ next: 1 }).toArray();
    for (const batch of batches) {
      const bytes = Buffer.from(batch.marks.buffer).toString('latin1', 0, batch.marks.length());
      const marks = Array.from({ length: bytes.length / BYTES }, (_, i) => bytes.slice(i * BYTES, (i + 1) * BYTES));
      this.#marks.set(batch._id, marks);
      for (const mark of marks) this.#set.add(mark);
    }
  }
}

/** Where each partition's reader stands, as the database has it. */
export async function readPositions(connection: mongoose.Connection, session?: Session): Promise<Map<string, number>> {
  // By the index: a document a partition, and no scan of a collection in any plan.
  const documents = await positionsOf(connection)
    .find({}, session ? { session } : {})
    .sort({ _id: 1 })
    .toArray();
  return new Map(documents.map((d) => [d._id, d.next]));
}

export async function ensureInboxIndexes(connection: mongoose.Connection): Promise<void> {
  await marksOf(connection).createIndex({ partition: 1, next: 1 });
}

export function positionsOf(connection: mongoose.Connection) {
  return collectionOf<PositionDocument>(connection, 'inbox_positions');
}

export function marksOf(connection: mongoose.Connection) {
  return collectionOf<MarksDocument>(connection, 'inbox_marks');
}
