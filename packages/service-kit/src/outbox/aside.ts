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
  /** It is being tried now. */
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
}

export class Aside {
  constructor(private readonly connection: mongoose.Connection) {}

  async ensureIndexes(): Promise<void> {
    await this.#collection().createIndex({ order: 1 });
    await this.#collection().createIndex({ due: 1 });
  }

  async any(): Promise<boolean> {
    return (await this.#collection().findOne({}, { projection: { _id: 1 } })) !== null;
  }

  /** Which of these orders something is set aside of. */
  async among(orders: readonly string[]): Promise<Set<string>> {
    const found = this.#collection().find({ order: { $in: [...new Set(orders)] } }, { projection: { order: 1 } });
    return new Set((await found.toArray()).map((d) => d.order));
  }

  /** Takes out of these entries what cannot be published; an entry that has nothing left goes. */
  async setAside(entries: readonly OutboxEntry[], why: WhyAside, session: Session): Promise<void> {
    const now = new Date();
    const aside: AsideMessage[] = [];
    for (const { _id, messages } of entries) {
      const stay = messages.filter((message, i) => {
        const set = why(message);
        if (!set) return true;
        aside.push({
          _id: `${_id}/${String(i).padStart(4, '0')}-${randomBytes(3).toString('hex')}`,
          order: orderOf(message),
          message,
          reason: set.reason,
          since: now,
          ...(set.behind ? { tries: 0, due: NOT_YET } : triedAgain(0, set.oneOf, now)),
        });
        return false;
      });
      const outbox = outboxOf(this.connection);
      if (stay.length === 0) await outbox.deleteOne({ _id }, { session });
      else if (stay.length < messages.length)
        await outbox.updateOne({ _id }, { $set: { messages: stay } }, { session });
    }
    if (aside.length > 0) await this.#collection().insertMany(aside, { session });
  }

  /** Those that are to be tried now, in their order; none whose aggregate has an earlier one that is not. */
  async due(now = new Date()): Promise<AsideMessage[]> {
    const due = await this.#collection()
      .find({ due: { $lte: now } })
      .sort({ _id: 1 })
      .limit(READ_AT_ONCE)
      .toArray();
    if (due.length === 0) return due;
    const orders = [...new Set(due.map((d) => d.order))];
    const waiting = await this.#collection()
      .find({ order: { $in: orders }, due: { $gt: now } }, { projection: { order: 1 } })
      .toArray();
    const firstWaiting = new Map<string, string>();
    for (const { _id, order } of waiting) if (_id < (firstWaiting.get(order) ?? '\uffff')) firstWaiting.set(order, _id);
    return due.filter(({ _id, order }) => _id < (firstWaiting.get(order) ?? '\uffff'));
  }

  async get(ids: readonly string[]): Promise<AsideMessage[]> {
    return this.#collection()
      .find({ _id: { $in: [...ids] } })
      .sort({ _id: 1 })
      .toArray();
  }

  async mark(ids: readonly string[], session: Session): Promise<void> {
    await this.#collection().updateMany({ _id: { $in: [...ids] } }, { $set: { trying: true } }, { session });
  }

  /** They are published; what waited behind them is tried next. */
  async published(messages: readonly AsideMessage[], session: Session): Promise<void> {
    if (messages.length === 0) return;
    await this.#collection().deleteMany({ _id: { $in: messages.map((m) => m._id) } }, { session });
    const orders = [...new Set(messages.map((m) => m.order))];
    await this.#collection().updateMany({ order: { $in: orders } }, { $set: { due: new Date() } }, { session });
  }

  /** They were refused again: after a wait, or at once with fewer others where one of several was refused. */
  async refused(
    messages: readonly AsideMessage[],
    reason: string,
    ofMessages: boolean,
    session: Session,
  ): Promise<void> {
    const now = new Date();
    for (const [tries, theirs] of groupBy(messages, (m) => m.tries)) {
      const $set = { reason, ...triedAgain(tries, ofMessages ? messages.length : undefined, now) };
      const ids = theirs.map((m) => m._id);
      await this.#collection().updateMany({ _id: { $in: ids } }, { $set, $unset: { trying: '' } }, { session });
    }
  }

  /** All of a topic that is not there wait for it. */
  async postpone(topic: string, reason: string): Promise<void> {
    const now = new Date();
    const ofTopic = { 'message.topic': topic, due: { $lte: now } };
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

/** After a wait that grows, or at once where there were others that it may have been. */
function triedAgain(tries: number, oneOf: number | undefined, now: Date) {
  if (oneOf !== undefined && oneOf > 1) return { tries, due: now, most: Math.floor(oneOf / 2) };
  return { tries: tries + 1, due: waitAfter(tries + 1, now), ...(oneOf === 1 ? { most: 1 } : {}) };
}

function waitAfter(tries: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(tries, 10)));
}
