import { randomUUID } from 'node:crypto';
import type { LaneBatch, ProducerId } from '../kafka/appender.js';
import { fitting, laneOf } from '../kafka/lanes.js';
import { inTransaction } from '../mongo/transaction.js';
import { Apart, type RelayParts } from './apart.js';
import { orderOf, TakenMeanwhile } from './aside.js';
import { messagesOf, type OutboxEntry, outboxOf } from './outbox.js';
import { doubtsOf, lanesAgain, numbered, outcomeOf, whyAside } from './planning.js';
import type { Position } from './position.js';
import { LOWEST_FIRST, OutboxReader } from './reading.js';
import { PATIENCE_MS, type Settled, sendAll } from './sending.js';
import { type OnItsWay, TermEnded, Way } from './way.js';

/** What goes to the brokers next; written down. */
interface Planned {
  readonly written: OnItsWay;
  readonly lanes: readonly LaneBatch[];
  readonly entries: readonly OutboxEntry[];
  /** There is surely more behind it. */
  readonly more?: boolean;
}

export interface TermParts extends RelayParts {
  mayGoOn(): Promise<boolean>;
  /** The brokers do not take what is sent now. */
  onWaiting(reason: string): void;
}

/**
 * The work of one relay while no other has taken over: batch after batch of the outbox, written down before it is sent. While a
 * batch is on its way to the brokers, the next one is read and written down. What a partition does not take in a few
 * seconds leaves for `Apart`, and the rest goes on.
 */
export class Term {
  readonly #reader: OutboxReader;
  #producer: ProducerId | undefined;
  /** The number that comes next in each partition. */
  readonly #next = new Map<string, number>();

  private constructor(
    private readonly parts: TermParts,
    private readonly way: Way,
    readonly apart: Apart,
  ) {
    this.#reader = new OutboxReader(parts.connection);
  }

  /** Takes over from the relay before, and ends what it was sending. */
  static async begin(parts: TermParts): Promise<Term> {
    const way = await Way.takeOver(parts.connection);
    const main = way.left.filter(({ aside }) => aside.length === 0);
    // An earlier release sent what was set aside by the same way.
    const moved = way.left.filter(({ aside }) => aside.length > 0).map((one) => ({ ...one, id: randomUUID() }));
    if (moved.length > 0)
      await inTransaction(parts.connection, async (session) => {
        await way.write(main, session);
        await way.addApart(moved, session);
      });
    const term = new Term(parts, way, new Apart(parts, way, [...way.leftApart, ...moved], parts.mayGoOn));
    for (const [i, written] of main.entries()) await term.#endLeft(written, main.slice(i + 1));
    return term;
  }

  /** Publishes batch after batch until it may not go on or nothing is left; whether it came across anything. */
  async publish(): Promise<boolean> {
    const { connection, mayGoOn, onPublished } = this.parts;
    let before: readonly Position[] = [];
    let deleting: Promise<unknown> = Promise.resolve();
    this.#producer ??= await this.parts.publisher.newProducer();
    let batch = await this.#plan(undefined, before, deleting);
    const any = batch !== undefined;
    while (batch && (await mayGoOn())) {
      const now: Planned = batch;
      const ids = now.entries.map((e) => e._id);
      // Only a full batch has surely more behind it; looking costs the one event that somebody waits for.
      const [next, settled] = await bothEnd(
        now.more ? this.#plan(now, [...before, ...ids], deleting) : Promise.resolve(undefined),
        this.#send(now, false),
      );
      await deleting;
      if (settled.some(({ kind }) => kind !== 'appended')) {
        await this.#settle(now, settled);
        return true;
      }
      deleting = outboxOf(connection).deleteMany({ _id: { $in: ids } });
      deleting.catch(() => undefined);
      onPublished(now.lanes.reduce((sum, lane) => sum + lane.messages.length, 0));
      before = ids;
      batch = next;
    }
    await deleting;
    return any;
  }

  /** Sends what the relay before wrote down, from where its messages are, once more. */
  async #endLeft(written: OnItsWay, left: readonly OnItsWay[]): Promise<void> {
    const { connection } = this.parts;
    const ids = { _id: { $in: [...written.entries] } };
    const entries = await outboxOf(connection).find(ids, LOWEST_FIRST).toArray();
    // Published as a whole: they are deleted after that alone.
    if (entries.length < written.entries.length) return void (await outboxOf(connection).deleteMany(ids));
    const planned = { written, entries, lanes: lanesAgain(written, entries.flatMap(messagesOf)) };
    await this.#settle(planned, await this.#send(planned, true), left);
  }

  /** Of a partition where something before it may be there, nothing is sent: it goes behind that. */
  async #send({ written, lanes }: Planned, unsure: boolean): Promise<Settled[]> {
    const { publisher, mayGoOn, onWaiting } = this.parts;
    const behind = (lane: LaneBatch) => this.apart.inDoubt(laneOf(lane.topic, lane.partition));
    const open = lanes.filter((lane) => !behind(lane));
    const settled = await sendAll(publisher, written.producer, open, {
      unsure,
      patienceMs: PATIENCE_MS,
      mayGoOn: async () => {
        if (!(await mayGoOn())) throw new TermEnded('another relay publishes now');
      },
      onWaiting,
    });
    const of = new Map(open.map((lane, i) => [lane, settled[i]]));
    return lanes.map((lane) => of.get(lane) ?? { kind: 'doubt', reason: 'what is before it may be there' });
  }

  /** Takes what was appended out of the outbox, and sets the rest aside. @param left what is on its way still */
  async #settle(
    { written, lanes, entries }: Planned,
    settled: readonly Settled[],
    left: readonly OnItsWay[] = [],
  ): Promise<void> {
    const { connection, logger, aside, closed, onPublished } = this.parts;
    const outcome = outcomeOf(lanes, settled);
    let doubts: OnItsWay[] = [];
    await inTransaction(connection, async (session) => {
      await this.way.write(left, session);
      const set = await aside.setAside(entries, (message) => outcome.aside.get(orderOf(message)), session);
      doubts = doubtsOf(written, outcome.doubted, set, randomUUID);
      await this.way.addApart(doubts, session);
      await outboxOf(connection).deleteMany({ _id: { $in: entries.map((e) => e._id) } }, { session });
    });
    for (const [lane, reason] of outcome.closedLanes) closed.closePartition(lane, reason);
    for (const [topic, reason] of outcome.closedTopics) closed.closeTopic(topic, reason);
    this.apart.addDoubts(doubts);
    onPublished(outcome.published);
    if (outcome.aside.size === 0) return;
    for (const [i, lane] of lanes.entries()) {
      const outcome = settled[i];
      if (outcome && outcome.kind !== 'appended')
        logger.error(
          { topic: lane.topic, partition: lane.partition, messages: lane.messages.length, reason: outcome.reason },
          'messages cannot be published now; they are set aside with what follows of their aggregates, and tried again (runbook: what cannot be published)',
        );
    }
    // Numbers were given that nothing stands under.
    this.#producer = undefined;
    this.#next.clear();
    this.apart.wake();
  }

  /** The next batch behind what is under way, written down beside it; nothing where nothing is left. */
  async #plan(
    sending: Planned | undefined,
    underWay: readonly Position[],
    deleting: Promise<unknown>,
  ): Promise<Planned | undefined> {
    const { publisher } = this.parts;
    const producer = this.#producer;
    if (!producer) return undefined;
    for (;;) {
      const { entries: read, full } = await this.#reader.read(underWay);
      if (read.length === 0) return undefined;
      const topics = new Set(read.flatMap((e) => e.messages.map((m) => m.topic)));
      const known = await publisher.partitionsOf([...topics]);
      const set = await this.#setAside(read, known, sending === undefined);
      if (set === 'later') return undefined;
      if (set) continue;
      const partitions = new Map([...known].filter((of): of is [string, number] => typeof of[1] === 'number'));
      const portions = read.map((entry) => ({ entry, messages: messagesOf(entry) }));
      const taken = fitting(portions, partitions);
      const messages = taken.flatMap((portion) => portion.messages);
      const entries = taken.map((t) => t.entry);
      const source = { entries: entries.map((e) => e._id) };
      const plan = numbered(producer, messages, partitions, source, (lane) => this.#next.get(lane) ?? 0);
      for (const { topic, partition, first, messages: theirs } of plan.lanes)
        this.#next.set(laneOf(topic, partition), first + theirs.length);
      await deleting;
      await this.way.write([...(sending ? [sending.written] : []), plan.written]);
      return { ...plan, entries, more: full || taken.length < read.length };
    }
  }

  /**
   * Sets aside what surely cannot be sent now; whether anything of these was. `later` where it is to be and something is under way: an
   * earlier one of its aggregate may be in that, and would be overtaken.
   */
  async #setAside(
    read: readonly OutboxEntry[],
    known: ReadonlyMap<string, number | string>,
    nothingUnderWay: boolean,
  ): Promise<boolean | 'later'> {
    const { connection, aside, closed } = this.parts;
    const all = read.flatMap((e) => e.messages);
    const behind = this.apart.any ? await aside.among(all.map(orderOf)) : new Map<string, string>();
    const why = whyAside(all, {
      known,
      behind,
      closed: (name) =>
        closed.why(name) ?? (this.apart.inDoubt(name) ? 'what was sent before it may be there' : undefined),
    });
    if (!why) return false;
    if (!nothingUnderWay) return 'later';
    await inTransaction(connection, async (session) => {
      await this.way.require(session);
      await aside.setAside(read, why, session, behind);
    }).catch((error: unknown) => {
      // What it was to go behind is published, or given up: looked at anew.
      if (!(error instanceof TakenMeanwhile)) throw error;
    });
    this.apart.wake();
    return true;
  }
}

/** Both end before the first that failed is told: nothing of the other goes on behind it. */
async function bothEnd<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const ended = await Promise.allSettled([first, second]);
  const failed = ended.findLast((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all([first, second]);
}
