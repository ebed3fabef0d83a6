import { randomBytes } from 'node:crypto';
import type mongoose from 'mongoose';
import { groupBy } from '../collections/group-by.js';
import { collectionOf } from '../mongo/connection.js';
import type { Session } from '../mongo/transaction.js';
import { type KeptMessage, type OutboxEntry, outboxOf } from './outbox.js';

/** A message that cannot be published now, and what is behind it of its aggregate: out of everybody else's way. */
export interface AsideMessage {
  /** Where it was in the outbox: they keep their order. */
  readonly _id: string;
  /** What keeps its order: its topic and key. */
  readonly order: string;
  readonly message: KeptMessage;
  readonly reason: string;
  readonly since: Date;
  readonly tries: number;
  /** When it is tried again; of what waits behind another, once that one is published. */
  readonly due: Date;
  /** It goes with so many others of its partition at most: one of a batch was refused, and it is not known which. */
  readonly most?: number;
  /** The partition that took nothing, by which it is tried again with what else it has. */
  readonly lane?: string;
  /** It is on its way to the brokers, or may be there: nobody else takes it. */
  readonly trying?: true;
}

export const ASIDE = 'outbox_aside';
export const BEHIND =
  'an earlier message of the same aggregate could not be published; this one keeps its place behind it';
/** A day that does not come. */
const NOT_YET = new Date(Date.UTC(9999, 0));
const LONGEST_WAIT_MS = 60_000;
const READ_AT_ONCE = 1000;

export const orderOf = ({ topic, key }: { readonly topic: string; readonly key: string }): string => `${topic}\n${key}`;

/** Why a message leaves its entry; undefined of one that stays. */
export type WhyAside = (message: KeptMessage) => SetAside | undefined;

export interface SetAside {
  readonly reason: string;
  /** It waits behind another. */
  readonly behind?: true;
  /** One of so many was refused, and it is not known which: tried at once with half as many. */
  readonly oneOf?: number;
  /** Its partition takes nothing: tried again when that is. */
  readonly lane?: string;
  /** It may be there: sent again as it is, under its numbers. */
  readonly doubt?: true;
}

/** Somebody else has taken what was read a moment ago: looked at anew. */
export class TakenMeanwhile extends Error {
  override readonly name = 'TakenMeanwhile';
}

export class Aside {
  constructor(private readonly connection: mongoose.Connection) {}

  async ensureIndexes(): Promise<void> {
    await this.#collection().createIndex({ order: 1 });
    await this.#collection().createIndex({ due: 1 });
    await this.#collection().createIndex({ lane: 1 }, { sparse: true });
  }

  async any(): Promise<boolean> {
    return (await this.#collection().findOne({}, { projection: { _id: 1 } })) !== null;
  }

  /** Whether anything of this partition waits for it. */
  async anyOf(lane: string): Promise<boolean> {
    return (await this.#collection().findOne({ lane }, { projection: { _id: 1 } })) !== null;
  }

  /** Of which of these orders something is set aside, and the first of each. */
  async among(orders: readonly string[]): Promise<Map<string, string>> {
    const found = await this.#collection()
      .aggregate<{ _id: string; first: string }>([
        { $match: { order: { $in: [...new Set(orders)] } } },
        { $group: { _id: '$order', first: { $min: '$_id' } } },
      ])
      .toArray();
    return new Map(found.map(({ _id, first }) => [_id, first]));
  }

  /**
   * Takes out of these entries what cannot be published; an entry that has nothing left goes.
   * @param firsts of each order of which something is set aside, the first: what goes behind one that is gone would wait for ever
   * @throws {TakenMeanwhile} where one of them is gone
   */
  async setAside(
    entries: readonly OutboxEntry[],
    why: WhyAside,
    session: Session,
    firsts: ReadonlyMap<string, string> = new Map(),
  ): Promise<AsideMessage[]> {
    const now = new Date();
    const aside: AsideMessage[] = [];
    const behind = new Set<string>();
    for (const { _id, messages } of entries) {
      const stay = messages.filter((message, i) => {
        const set = why(message);
        if (!set) return true;
        const first = set.behind && firsts.get(orderOf(message));
        if (first) behind.add(first);
        aside.push({
          _id: `${_id}/${String(i).padStart(4, '0')}-${randomBytes(3).toString('hex')}`,
          order: orderOf(message),
          message,
          reason: set.reason,
          since: now,
          ...(set.lane === undefined ? {} : { lane: set.lane }),
          ...(set.doubt ? { trying: true as const } : {}),
          ...whenTried(set, now),
        });
        return false;
      });
      const outbox = outboxOf(this.connection);
      if (stay.length === 0) await outbox.deleteOne({ _id }, { session });
      else if (stay.length < messages.length)
        await outbox.updateOne({ _id }, { $set: { messages: stay } }, { session });
    }
    if (behind.size > 0) {
      // Who takes one of them away at the same time, or has, meets this write.
      const { matchedCount } = await this.#collection().updateMany(
        { _id: { $in: [...behind] } },
        { $inc: { followers: 1 } },
        { session },
      );
      if (matchedCount !== behind.size) throw new TakenMeanwhile('what this was to wait behind is gone');
    }
    if (aside.length > 0) await this.#collection().insertMany(aside, { session });
    return aside;
  }

  /**
   * Those that are to be tried now, in their order and some at a time, until nobody asks for more; none whose aggregate has an
   * earlier one that is not. However many wait behind one that is not tried yet, they are passed over once.
   * @param waiting partitions that are not to be tried yet
   * @param passed orders that are read no more; whoever reads adds those that are not to be tried now
   */
  async *due(
    waiting: readonly string[] = [],
    passed: Set<string> = new Set(),
    now = new Date(),
  ): AsyncGenerator<AsideMessage[]> {
    const lanes = waiting.length > 0 ? { lane: { $nin: [...waiting] } } : {};
    for (let after = ''; ; ) {
      const due = await this.#collection()
        .find({
          _id: { $gt: after },
          due: { $lte: now },
          trying: { $ne: true },
          order: { $nin: [...passed] },
          ...lanes,
        })
        .sort({ _id: 1 })
        .limit(READ_AT_ONCE)
        .toArray();
      after = due.at(-1)?._id ?? '';
      const firstHeld = await this.#firstHeld(new Set(due.map((d) => d.order)), waiting, now);
      for (const [order, first] of firstHeld) if (first < after) passed.add(order);
      const free = due.filter(({ _id, order }) => _id < (firstHeld.get(order) ?? '\uffff'));
      if (free.length > 0) yield free;
      if (due.length < READ_AT_ONCE) return;
    }
  }

  /** Of these orders the first message that is not to be tried now. */
  async #firstHeld(
    orders: ReadonlySet<string>,
    waiting: readonly string[],
    now: Date,
  ): Promise<ReadonlyMap<string, string>> {
    if (orders.size === 0) return new Map();
    const held = await this.#collection()
      .aggregate<{ _id: string; first: string }>([
        {
          $match: {
            order: { $in: [...orders] },
            $or: [{ due: { $gt: now } }, { trying: true }, { lane: { $in: [...waiting] } }],
          },
        },
        { $group: { _id: '$order', first: { $min: '$_id' } } },
      ])
      .toArray();
    return new Map(held.map(({ _id, first }) => [_id, first]));
  }

  async get(ids: readonly string[]): Promise<AsideMessage[]> {
    return this.#collection()
      .find({ _id: { $in: [...ids] } })
      .sort({ _id: 1 })
      .toArray();
  }

  /** They are on their way from here on: all of them, or none where somebody has taken one. @throws {TakenMeanwhile} */
  async mark(ids: readonly string[], session: Session): Promise<void> {
    const free = { _id: { $in: [...ids] }, trying: { $ne: true as const } };
    const { matchedCount } = await this.#collection().updateMany(free, { $set: { trying: true } }, { session });
    if (matchedCount !== ids.length) throw new TakenMeanwhile('a message that was to be tried is gone');
  }

  /** They are published; what waited behind them is tried next. */
  async published(messages: readonly AsideMessage[], session: Session): Promise<void> {
    if (messages.length === 0) return;
    await this.#collection().deleteMany({ _id: { $in: messages.map((m) => m._id) } }, { session });
    const orders = [...new Set(messages.map((m) => m.order))];
    await this.#collection().updateMany({ order: { $in: orders } }, { $set: { due: new Date() } }, { session });
  }

  /** They were refused again: tried after a wait, with their partition, or at once with fewer others. */
  async refused(messages: readonly AsideMessage[], set: SetAside, session: Session): Promise<void> {
    const now = new Date();
    for (const [tries, theirs] of groupBy(messages, (m) => m.tries)) {
      const { reason, lane } = set;
      const $set = { reason, ...whenTried(set, now, tries), ...(lane === undefined ? {} : { lane }) };
      const $unset = lane === undefined ? ({ trying: '', lane: '' } as const) : ({ trying: '' } as const);
      const ids = theirs.map((m) => m._id);
      await this.#collection().updateMany({ _id: { $in: ids } }, { $set, $unset }, { session });
    }
  }

  /** It may be there: it is sent again as it is. */
  async doubted(ids: readonly string[], reason: string): Promise<void> {
    await this.#collection().updateMany({ _id: { $in: [...ids] } }, { $set: { reason }, $inc: { tries: 1 } });
  }

  /** All of a topic that is not there wait for it. */
  async postpone(topic: string, reason: string): Promise<void> {
    const now = new Date();
    const ofTopic = { 'message.topic': topic, due: { $lte: now }, trying: { $ne: true as const } };
    for (const tries of (await this.#collection().distinct('tries', ofTopic)).map(Number))
      await this.#collection().updateMany(
        { ...ofTopic, tries },
        { $set: { reason, tries: tries + 1, due: waitAfter(tries + 1, now) } },
      );
  }

  #collection() {
    return asideOf(this.connection);
  }
}

export function asideOf(connection: mongoose.Connection): mongoose.mongo.Collection<AsideMessage> {
  return collectionOf<AsideMessage>(connection, ASIDE);
}

/** Behind another, with its partition, at once where there were others that it may have been, or after a wait that grows. */
function whenTried({ behind, lane, oneOf }: SetAside, now: Date, tries = 0) {
  if (behind) return { tries, due: NOT_YET };
  if (lane !== undefined) return { tries: tries + 1, due: now };
  if (oneOf !== undefined && oneOf > 1) return { tries, due: now, most: Math.floor(oneOf / 2) };
  return { tries: tries + 1, due: waitAfter(tries + 1, now), ...(oneOf === 1 ? { most: 1 } : {}) };
}

function waitAfter(tries: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(tries, 10)));
}
