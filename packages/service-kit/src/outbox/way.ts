import type mongoose from 'mongoose';
import type { ProducerId } from '../kafka/appender.js';
import { collectionOf } from '../mongo/connection.js';
import { DURABLE, type Session } from '../mongo/transaction.js';
import type { Position } from './position.js';

/**
 * What is on its way to the brokers, written before it is sent: which messages, by which producer, under which numbers.
 * Whoever sends it again sends the same, and the brokers append it once.
 */
export interface OnItsWay {
  /** Of what is sent apart from the rest. */
  readonly id?: string;
  readonly producer: ProducerId;
  /** Entries of the outbox, and messages that were set aside, whose messages these are. */
  readonly entries: readonly Position[];
  readonly aside: readonly string[];
  /** How many partitions each topic had: a key keeps the one that it had. */
  readonly partitions: readonly (readonly [topic: string, count: number])[];
  /** Number of the first message of each partition, and how many they are. */
  readonly lanes: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly first: number;
    readonly count: number;
  }[];
}

interface WayDocument {
  readonly _id: 'outbox';
  /** Each relay that takes over begins a term; of an ended term nothing more is written. */
  readonly term: number;
  readonly onItsWay: readonly OnItsWay[];
  /** What is sent apart from the rest, or may be there and is sent again until a broker says so: of one partition, in their order. */
  readonly apart?: readonly OnItsWay[];
}

export const WAY = 'outbox_way';

/** Another relay has taken over, while this one was asleep or away. */
export class TermEnded extends Error {
  override readonly name = 'TermEnded';
}

/** What one relay sends, while no other has taken over. */
export class Way {
  private constructor(
    private readonly connection: mongoose.Connection,
    private readonly term: number,
    /** What the relay before was sending, in its order. */
    readonly left: readonly OnItsWay[],
    /** What it was sending apart. */
    readonly leftApart: readonly OnItsWay[],
  ) {}

  /** Begins a term: from here on the relay before writes nothing more. */
  static async takeOver(connection: mongoose.Connection): Promise<Way> {
    const found = await wayOf(connection).findOneAndUpdate(
      { _id: 'outbox' },
      { $inc: { term: 1 } },
      { upsert: true, returnDocument: 'after', writeConcern: DURABLE },
    );
    if (!found) throw new Error('the term that was begun is not there');
    return new Way(connection, found.term, found.onItsWay ?? [], found.apart ?? []);
  }

  /** Before it is sent. Outside a transaction it is there for good. */
  async write(onItsWay: readonly OnItsWay[], session?: Session): Promise<void> {
    await this.#update({ $set: { onItsWay: [...onItsWay] } }, session);
  }

  /** Beside that: what is sent apart. */
  async addApart(apart: readonly OnItsWay[], session: Session): Promise<void> {
    if (apart.length > 0) await this.#update({ $push: { apart: { $each: [...apart] } } }, session);
  }

  async removeApart(id: string, session: Session): Promise<void> {
    await this.#update({ $pull: { apart: { id } } }, session);
  }

  /** That the term has not ended when this transaction commits. */
  async require(session: Session): Promise<void> {
    await this.#update({ $inc: { writes: 1 } }, session);
  }

  async #update(update: object, session?: Session): Promise<void> {
    const { matchedCount } = await wayOf(this.connection).updateOne(
      { _id: 'outbox', term: this.term },
      update,
      session ? { session } : { writeConcern: DURABLE },
    );
    if (matchedCount !== 1) throw new TermEnded('another relay has taken over');
  }
}

function wayOf(connection: mongoose.Connection): mongoose.mongo.Collection<WayDocument> {
  return collectionOf<WayDocument>(connection, WAY);
}
