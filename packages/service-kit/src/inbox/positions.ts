import type mongoose from 'mongoose';
import type { Batch } from '../kafka/batch.js';
import { collectionOf } from '../mongo/connection.js';
import { inTransaction, isDuplicateKey, PositionLost, REPEATABLE, type Session } from '../mongo/transaction.js';
import type { LogIdentity } from './log-identity.js';
import { Place } from './place.js';

export interface PositionDocument extends LogIdentity {
  readonly _id: string;
  readonly next: number;
  /** By which set of types (reads.ts) it was reached; another offset where an older release moved it since. */
  readonly as?: {
    readonly set: string;
    readonly at: number;
    /** From where on builds of this set moved it, and no others between (absent where an older release moved it). */
    readonly since?: number;
  };
  /** How far the history of types that a set lacked is read. */
  readonly learnt?: { readonly set: string; readonly until: number; readonly at: number };
}

/** Position of a partition that nobody may take now: its read model is being emptied. */
export const HELD = -1;

/**
 * The place of one partition in its database. Written in the transaction of the effect and guarded by its old value, so a
 * batch that Kafka delivers again, or to two readers, takes effect once.
 */
export class Position {
  readonly #place: Place;
  #learnt: PositionDocument['learnt'];
  /** What the database has: behind the place while the events since then were of no concern. */
  #stored: number;

  private constructor(
    private readonly connection: mongoose.Connection,
    readonly partition: string,
    readonly document: PositionDocument | null,
    private readonly set: string | undefined,
  ) {
    if (document?.next === HELD) throw new PositionLost(`${partition}: the read model is being emptied`);
    this.#place = new Place(partition, document ?? { next: 0 });
    this.#stored = this.#place.next;
    this.#learnt = document?.learnt;
  }

  /** @param set of types that it is moved by from now on */
  static async load(connection: mongoose.Connection, partition: string, set?: string): Promise<Position> {
    return new Position(connection, partition, await positionsOf(connection).findOne({ _id: partition }), set);
  }

  /** Offset of the next event to take. */
  get next(): number {
    return this.#place.next;
  }

  /** Offset that the database has. */
  get stored(): number {
    return this.#stored;
  }

  /** See `Place`. */
  agree(batch: Pick<Batch, 'log' | 'messages'>): number | undefined {
    return this.#place.agree(batch);
  }

  /** What is read up to here ends with this event. */
  read(message: Batch['messages'][number] | undefined): void {
    if (message) this.#place.read(message);
  }

  /** Writes the position in the caller's transaction; fails when another reader was here meanwhile. */
  write(next: number, session: Session): Promise<void> {
    return this.#write(this.#stored, next, session);
  }

  async #write(from: number, next: number, session: Session): Promise<void> {
    const positions = positionsOf(this.connection);
    const $set = { next, ...this.#place.identity, ...this.#asAt(next) };
    if (from === 0) {
      await mayBegin(this.connection, session);
      try {
        await positions.updateOne({ _id: this.partition, next: 0 }, { $set }, { session, upsert: true });
      } catch (error) {
        if (isDuplicateKey(error)) throw new PositionLost(`${this.partition}: read by another`);
        throw error;
      }
      return;
    }
    const { matchedCount } = await positions.updateOne({ _id: this.partition, next: from }, { $set }, { session });
    if (matchedCount !== 1) throw new PositionLost(`${this.partition}: read by another`);
  }

  /** Up to where history is read by its set, as far as that is noted. */
  get learntTo(): number | undefined {
    const learnt = this.#learnt;
    return learnt?.set === this.set && learnt?.until === this.#stored ? learnt?.at : undefined;
  }

  /** Notes how far history is read, in the caller's transaction; at the position it is read whole. */
  async writeLearnt(at: number, session?: Session): Promise<void> {
    const before = this.#learnt;
    const until = this.#stored;
    const learnt = { set: this.set ?? '', until, at };
    const { matchedCount } = await positionsOf(this.connection).updateOne(
      { _id: this.partition, next: until, learnt: before ?? { $exists: false } },
      at >= until ? { $set: this.#asAt(until), $unset: { learnt: '' } } : { $set: { learnt } },
      session ? { session } : {},
    );
    if (matchedCount !== 1) throw new PositionLost(`${this.partition}: read by another`);
  }

  /** The transaction committed. */
  learnt(at: number): void {
    this.#learnt = at >= this.#stored ? undefined : { set: this.set ?? '', until: this.#stored, at };
  }

  #asAt(at: number): Pick<PositionDocument, 'as'> {
    return this.set === undefined ? {} : { as: { set: this.set, at, since: this.#since } };
  }

  /** Where this process found it, but where its own set had moved it there. */
  get #since(): number {
    const { next = 0, as } = this.document ?? {};
    return as && as.set === this.set && as.at === next ? (as.since ?? next) : next;
  }

  /** The transaction committed. */
  committed(next: number): void {
    this.#place.next = next;
    this.#stored = next;
  }

  /** Passes over events that are of no concern: nothing to write for now (`store` does, when there is time). */
  skipTo(next: number): void {
    this.#place.next = next;
  }

  /** Writes the position that was only skipped to. */
  async store(): Promise<void> {
    const { next } = this;
    // Said once: repeated after a batch was taken meanwhile, it must not go back to where it stood before.
    const from = this.#stored;
    if (next === from) return;
    await inTransaction(this.connection, (session) => this.#write(from, next, session), REPEATABLE);
    this.#stored = next;
  }
}

/** Where each partition's reader stands, as the database has it. */
export async function readPositions(connection: mongoose.Connection, session?: Session): Promise<Map<string, number>> {
  return new Map((await allPositions(connection, session)).map((d) => [d._id, d.next]));
}

export async function allPositions(connection: mongoose.Connection, session?: Session): Promise<PositionDocument[]> {
  // By the index: a document a partition, and no scan of a collection in any plan.
  return positionsOf(connection)
    .find({}, session ? { session } : {})
    .sort({ _id: 1 })
    .toArray();
}

export function positionsOf(connection: mongoose.Connection) {
  return collectionOf<PositionDocument>(connection, 'inbox_positions');
}

/** Whether partitions that were never read may be begun now. */
interface Beginning {
  readonly _id: string;
  readonly held: boolean;
  readonly begun?: number;
}

export const BEGINNINGS = 'inbox_beginnings';
const ALL = 'all';
const beginningsOf = (connection: mongoose.Connection) => collectionOf<Beginning>(connection, BEGINNINGS);

/** A partition that was never read has no position that could be held: its first one is written only where none is held. */
async function mayBegin(connection: mongoose.Connection, session: Session): Promise<void> {
  try {
    await beginningsOf(connection).updateOne(
      { _id: ALL, held: false },
      { $inc: { begun: 1 } },
      { session, upsert: true },
    );
  } catch (error) {
    if (isDuplicateKey(error)) throw new PositionLost('the read model is being emptied');
    throw error;
  }
}

/** Holds every partition, read already or not, for as long as the work lasts; should it not end, it is done again. */
export async function whileHeld(connection: mongoose.Connection, work: () => Promise<void>): Promise<void> {
  const hold = (held: boolean) =>
    beginningsOf(connection).updateOne({ _id: ALL }, { $set: { held } }, { upsert: true });
  await hold(true);
  await positionsOf(connection).updateMany({}, { $set: { next: HELD } });
  await work();
  await positionsOf(connection).deleteMany({});
  await hold(false);
}
