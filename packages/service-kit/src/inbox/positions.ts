import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { isDuplicateKey, PositionLost, REPEATABLE, type Session } from '../mongo/transaction.js';

export interface PositionDocument {
  readonly _id: string;
  readonly next: number;
}

/** Position of a partition that nobody may take now: its read model is being emptied. */
export const HELD = -1;

/**
 * Where the reading of one partition stands: the offset to go on from. Written in the transaction of the effect and
 * guarded by its old value, so a batch that Kafka delivers again, or to two readers, takes effect once.
 */
export class Position {
  #next = 0;
  /** What the database has: behind `#next` while the events since then were of no concern. */
  #stored = 0;

  private constructor(
    private readonly connection: mongoose.Connection,
    readonly partition: string,
  ) {}

  static async load(connection: mongoose.Connection, partition: string): Promise<Position> {
    const position = new Position(connection, partition);
    position.#next = (await positionsOf(connection).findOne({ _id: partition }))?.next ?? 0;
    position.#stored = position.#next;
    if (position.#next === HELD) throw new PositionLost(`${partition}: the read model is being emptied`);
    return position;
  }

  /** Offset of the next event to take. */
  get next(): number {
    return this.#next;
  }

  /** Offset that the database has. */
  get stored(): number {
    return this.#stored;
  }

  /** Writes the position in the caller's transaction; fails when another reader was here meanwhile. */
  async write(next: number, session: Session): Promise<void> {
    await this.#move(next, { session });
  }

  /** The transaction committed. */
  committed(next: number): void {
    this.#next = next;
    this.#stored = next;
  }

  /** Passes over events that are of no concern: nothing to write for now (`store` does, when there is time). */
  skipTo(next: number): void {
    this.#next = next;
  }

  /** Writes the position that was only skipped to. */
  async store(): Promise<void> {
    if (this.#next === this.#stored) return;
    const next = this.#next;
    await this.#move(next, { writeConcern: REPEATABLE });
    this.#stored = next;
  }

  async #move(next: number, options: { session: Session } | { writeConcern: typeof REPEATABLE }): Promise<void> {
    const positions = positionsOf(this.connection);
    if (this.#stored === 0) {
      try {
        await positions.insertOne({ _id: this.partition, next }, options);
      } catch (error) {
        if (isDuplicateKey(error)) throw new PositionLost(`${this.partition}: read by another`);
        throw error;
      }
      return;
    }
    const { matchedCount } = await positions.updateOne(
      { _id: this.partition, next: this.#stored },
      { $set: { next } },
      options,
    );
    if (matchedCount !== 1) throw new PositionLost(`${this.partition}: read by another`);
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

export function positionsOf(connection: mongoose.Connection) {
  return collectionOf<PositionDocument>(connection, 'inbox_positions');
}
