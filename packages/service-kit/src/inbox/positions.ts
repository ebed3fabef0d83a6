import type mongoose from 'mongoose';
import type { Batch } from '../kafka/batch.js';
import { PartitionStopped } from '../kafka/subscriber.js';
import { collectionOf } from '../mongo/connection.js';
import { inTransaction, isDuplicateKey, PositionLost, REPEATABLE, type Session } from '../mongo/transaction.js';
import { type LogIdentity, NOT_THE_SAME, printOf, type Seen } from './log-identity.js';

export interface PositionDocument extends LogIdentity {
  readonly _id: string;
  readonly next: number;
}

/** Position of a partition that nobody may take now: its read model is being emptied. */
export const HELD = -1;

/**
 * Where the reading of one partition stands: the offset to go on from, and of which log. Written in the transaction of the
 * effect and guarded by its old value, so a batch that Kafka delivers again, or to two readers, takes effect once.
 */
export class Position {
  #next: number;
  /** What the database has: behind `#next` while the events since then were of no concern. */
  #stored: number;
  #topic: string | undefined;
  #last: Seen | undefined;
  /** The connection over which the log was seen to be the one that was read. */
  #agreed: number | undefined;
  /** The connection over which it was asked for the last event that was read. */
  #asked: number | undefined;
  /** Where the broker began when it was asked for the next event. */
  #begins: number | undefined;

  private constructor(
    private readonly connection: mongoose.Connection,
    readonly partition: string,
    document: PositionDocument | null,
  ) {
    this.#next = document?.next ?? 0;
    this.#stored = this.#next;
    this.#topic = document?.topic;
    this.#last = document?.last;
    if (this.#next === HELD) throw new PositionLost(`${partition}: the read model is being emptied`);
  }

  static async load(connection: mongoose.Connection, partition: string): Promise<Position> {
    return new Position(connection, partition, await positionsOf(connection).findOne({ _id: partition }));
  }

  /** Offset of the next event to take. */
  get next(): number {
    return this.#next;
  }

  /** Offset that the database has. */
  get stored(): number {
    return this.#stored;
  }

  /**
   * Compares the log that a batch is of with the one that was read until now, once for each connection: the last event that
   * was read is looked at again. Undefined where the batch goes on from here, else the offset to go to.
   * @throws PartitionStopped where it is another log
   */
  agree({ log, messages }: Pick<Batch, 'log' | 'messages'>): number | undefined {
    if (log.topic !== '') {
      if (this.#topic !== undefined && this.#topic !== log.topic)
        throw new PartitionStopped(NOT_THE_SAME.remade(this.partition, this.#next));
      this.#topic = log.topic;
    }
    const [first, end] = [messages[0]?.offset ?? 0, messages.at(-1)?.offset ?? 0];
    if (this.#agreed !== log.connection && this.#next > 0) {
      // Of an older release's position it is known that something stood there.
      const { offset, print } = this.#last ?? { offset: this.#next - 1 };
      const again = messages.find((message) => message.offset === offset);
      if (again && print !== undefined && printOf(again) !== print)
        throw new PartitionStopped(NOT_THE_SAME.another(this.partition, offset));
      if (!again && this.#asked !== log.connection) {
        this.#asked = log.connection;
        return offset;
      }
      if (!again && end < offset) throw new PartitionStopped(NOT_THE_SAME.shorter(this.partition, this.#next));
      // Where the broker was asked for it and begins behind it, the topic keeps it no longer.
    }
    this.#agreed = log.connection;
    // The database is behind the reader (it was rebuilt): back to where it stands, once; what was before may be gone.
    if (this.#next >= first || this.#begins === first) return undefined;
    this.#begins = first;
    return this.#next;
  }

  /** What is read up to here ends with this event. */
  read(message: Batch['messages'][number] | undefined): void {
    const print = message && printOf(message);
    if (message && print) this.#last = { offset: message.offset, print };
  }

  /** Writes the position in the caller's transaction; fails when another reader was here meanwhile. */
  async write(next: number, session: Session): Promise<void> {
    const positions = positionsOf(this.connection);
    const $set = {
      next,
      ...(this.#topic === undefined ? {} : { topic: this.#topic }),
      ...(this.#last === undefined ? {} : { last: this.#last }),
    };
    if (this.#stored === 0) {
      await mayBegin(this.connection, session);
      try {
        await positions.updateOne({ _id: this.partition, next: 0 }, { $set }, { session, upsert: true });
      } catch (error) {
        if (isDuplicateKey(error)) throw new PositionLost(`${this.partition}: read by another`);
        throw error;
      }
      return;
    }
    const { matchedCount } = await positions.updateOne(
      { _id: this.partition, next: this.#stored },
      { $set },
      { session },
    );
    if (matchedCount !== 1) throw new PositionLost(`${this.partition}: read by another`);
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
    await inTransaction(this.connection, (session) => this.write(next, session), REPEATABLE);
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
