import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { inTransaction } from '../mongo/transaction.js';
import { type AsideMessage, asideOf } from './aside.js';
import { fromKept } from './outbox.js';

/** Which messages that cannot be published are meant; all of them where nothing is said. */
export interface StuckFilter {
  readonly topic?: string;
  /** The key of their aggregate. */
  readonly key?: string;
  readonly id?: string;
}

/** A message that cannot be published, as operations see it. */
export interface StuckMessage {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly subject: string;
  readonly reason: string;
  readonly since: string;
  readonly tries: number;
}

/** How much is set aside, and why: a few reasons, the most frequent first. */
export interface StuckSummary {
  readonly messages: number;
  readonly reasons: readonly { readonly reason: string; readonly messages: number }[];
}

/** A message that somebody decided not to publish: kept, with who decided so and why. */
interface GivenUp extends AsideMessage {
  readonly discardedAt: Date;
  readonly discardedBy: string;
  readonly because: string;
}

export const GIVEN_UP = 'outbox_discarded';
const MOST = 1000;
const REASONS = 3;

type Theirs = (message: StuckMessage) => boolean;
const EVERYBODYS: Theirs = () => true;

/** What operations see of the messages that cannot be published, and do about them. */
export class Stuck {
  constructor(private readonly connection: mongoose.Connection) {}

  async count(): Promise<number> {
    return asideOf(this.connection).estimatedDocumentCount();
  }

  async summary(): Promise<StuckSummary> {
    const messages = await this.count();
    if (messages === 0) return { messages, reasons: [] };
    const reasons = await asideOf(this.connection)
      .aggregate<{ _id: string; messages: number }>([
        { $match: { tries: { $gt: 0 } } },
        { $group: { _id: '$reason', messages: { $sum: 1 } } },
        { $sort: { messages: -1, _id: 1 } },
        { $limit: REASONS },
      ])
      .toArray();
    return { messages, reasons: reasons.map(({ _id, messages: of }) => ({ reason: _id, messages: of })) };
  }

  /** The first of those that are meant, in their order. */
  async list(filter: StuckFilter, theirs: Theirs = EVERYBODYS): Promise<StuckMessage[]> {
    const found: StuckMessage[] = [];
    for await (const aside of asideOf(this.connection).find(queryOf(filter)).sort({ _id: 1 })) {
      const message = shown(aside);
      if (theirs(message)) found.push(message);
      if (found.length === MOST) break;
    }
    return found;
  }

  /** Those that are meant are tried at the relay's next look; how many. What is on its way now is not counted. */
  async tryAgain(filter: StuckFilter, theirs: Theirs = EVERYBODYS): Promise<number> {
    const ids = (await this.list(filter, theirs)).map((m) => m.id);
    const { matchedCount } = await asideOf(this.connection).updateMany(
      { _id: { $in: ids }, trying: { $ne: true } },
      { $set: { due: new Date() } },
    );
    return matchedCount;
  }

  /** Those that are meant are not published; what waited behind them is. Not those that are being tried at this moment. */
  async discard(
    filter: StuckFilter,
    discardedBy: string,
    because: string,
    theirs: Theirs = EVERYBODYS,
  ): Promise<StuckMessage[]> {
    const gone: StuckMessage[] = [];
    for (const message of await this.list(filter, theirs)) {
      let taken: AsideMessage | null = null;
      await inTransaction(this.connection, async (session) => {
        taken = await asideOf(this.connection).findOneAndDelete(
          { _id: message.id, trying: { $ne: true } },
          { session },
        );
        if (!taken) return;
        const kept: GivenUp = { ...taken, discardedAt: new Date(), discardedBy, because };
        await collectionOf<GivenUp>(this.connection, GIVEN_UP).replaceOne({ _id: kept._id }, kept, {
          upsert: true,
          session,
        });
        await asideOf(this.connection).updateMany({ order: taken.order }, { $set: { due: new Date() } }, { session });
      });
      if (taken) gone.push(message);
    }
    return gone;
  }
}

function queryOf({ topic, key, id }: StuckFilter): object {
  return {
    ...(topic === undefined ? {} : { 'message.topic': topic }),
    ...(key === undefined ? {} : { 'message.key': key }),
    ...(id === undefined ? {} : { _id: id }),
  };
}

function shown({ _id, message, reason, since, tries }: AsideMessage): StuckMessage {
  const { topic, key, headers } = fromKept(message);
  const [type = '', subject = key] = [headers['ce_type'], headers['ce_subject']];
  return { id: _id, topic, key, type, subject, reason, since: since.toISOString(), tries };
}
