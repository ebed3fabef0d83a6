import { hash } from 'node:crypto';
import mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import type { Session } from '../mongo/transaction.js';

/** The marks of one batch: 16 bytes an event (a hash of source and id), one document however many events. */
interface MarksDocument {
  readonly _id: string;
  readonly partition: string;
  /** Offset after the batch. */
  readonly next: number;
  readonly marks: mongoose.mongo.Binary;
}

const BYTES = 16;

/** `source` and `id` name an event once and for all (CloudEvents 1.0). */
function markOf(source: string, id: string): Buffer {
  return hash('sha1', `${source}\n${id}`, 'buffer').subarray(0, BYTES);
}

/**
 * The last events taken of one partition by their marks, written in the transaction of the effect: an event that its
 * relay published twice takes effect once. Bounded: the newest `window` marks of each partition.
 */
export class Marks {
  readonly #marks = new Map<string, string[]>();
  readonly #set = new Set<string>();
  #fresh: string[] = [];

  private constructor(
    private readonly connection: mongoose.Connection,
    private readonly partition: string,
    private readonly window: number,
  ) {}

  static async load(connection: mongoose.Connection, partition: string, window: number): Promise<Marks> {
    const marks = new Marks(connection, partition, window);
    const batches = await marksOf(connection).find({ partition }).sort({ next: 1 }).toArray();
    for (const batch of batches) {
      const bytes = Buffer.from(batch.marks.buffer).toString('latin1', 0, batch.marks.length());
      const known = Array.from({ length: bytes.length / BYTES }, (_, i) => bytes.slice(i * BYTES, (i + 1) * BYTES));
      marks.#marks.set(batch._id, known);
      for (const mark of known) marks.#set.add(mark);
    }
    return marks;
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

  /** Writes the marks of the batch from `from` to before `next`, in the caller's transaction. */
  async write(from: number, next: number, session: Session): Promise<void> {
    if (this.#fresh.length === 0) return;
    const marks = new mongoose.mongo.Binary(Buffer.from(this.#fresh.join(''), 'latin1'));
    await marksOf(this.connection).insertOne(
      { _id: `${this.partition}/${from}`, partition: this.partition, next, marks },
      { session },
    );
  }

  /** The transaction committed: the batch is taken. Now and then the marks beyond the window go. */
  async committed(from: number): Promise<void> {
    if (this.#fresh.length > 0) this.#marks.set(`${this.partition}/${from}`, this.#fresh);
    this.#fresh = [];
    if (this.#set.size > this.window * 1.25) await this.#forget();
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
}

export async function ensureInboxIndexes(connection: mongoose.Connection): Promise<void> {
  await marksOf(connection).createIndex({ partition: 1, next: 1 });
}

export function marksOf(connection: mongoose.Connection) {
  return collectionOf<MarksDocument>(connection, 'inbox_marks');
}
