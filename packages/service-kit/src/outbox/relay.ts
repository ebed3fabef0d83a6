import type mongoose from 'mongoose';
import type { OutgoingMessage } from '../events/cloudevents.js';
import { type Fate, type LaneBatch, type ProducerId, partitionOf } from '../kafka/appender.js';
import { fitting, inLanes, laneOf } from '../kafka/lanes.js';
import type { Publisher } from '../kafka/publisher.js';
import { inTransaction } from '../mongo/transaction.js';
import type { Logger } from '../observability/logger.js';
import { Aside, type AsideMessage, BEHIND, orderOf, type SetAside, type WhyAside } from './aside.js';
import { Lease } from './lease.js';
import { fromKept, messagesOf, type OutboxEntry, outboxOf } from './outbox.js';
import type { Position } from './position.js';
import { sendAll } from './sending.js';
import { type OnItsWay, TermEnded, Way } from './way.js';

/** Entries, messages and bytes read at once at the most. */
const READ_ENTRIES = 500;
const READ_MESSAGES = 2000;
const READ_BYTES = 2_000_000;
/** What was committed to the majority: nothing is published that a failover could take back. */
const LOWEST_FIRST = { sort: { _id: 1 }, readConcern: { level: 'majority' } } as const;
/** How long an idle relay waits when nothing wakes it: only a safety net under the change stream. */
const IDLE_MS = 2000;
/** How often the lease is prolonged, and how long one that was refused it waits to ask again; well below its term. */
const RENEW_MS = 1000;
/** How often it is looked whether what was set aside is to be tried again. */
const ASIDE_MS = 500;
/** How long a topic that refused is not written to: what comes for it is set aside at once. */
const CLOSED_MS = 5000;

/** A term of this relay: its producer, and the number that comes next in each partition. */
interface Term {
  readonly way: Way;
  readonly producer: ProducerId;
  readonly next: Map<string, number>;
}

/** What goes to the brokers next; written down. */
interface Planned {
  readonly written: OnItsWay;
  readonly lanes: readonly LaneBatch[];
  readonly entries: readonly OutboxEntry[];
  readonly aside: readonly AsideMessage[];
  readonly count: number;
  /** There is surely more behind it. */
  readonly more?: boolean;
}

/**
 * Publishes what the transactions left in the outbox, then deletes it: the outbox is the truth, the change stream only
 * wakes the relay. What is sent is written down before, with its producer's numbers (`Way`): a relay that takes over sends
 * what is left there once more, under the same numbers, and the brokers append each batch once, whichever relay it comes from and
 * however late. So a relay that died or was frozen at any instant leaves nothing out and nothing twice.
 *
 * Order per aggregate: entry n+1 of an aggregate has a higher position than n and commits after it. Entries are read
 * from the lowest position on; then the positions below the last one are looked at again. Whatever had committed before
 * an entry that was read is in the first look or in the second: an entry that only the second sees came in between, and
 * the read is made anew. While a batch is on its way to the brokers, the next one is read and written down.
 *
 * What cannot be published (no such topic, refused, too large) is set aside with what follows of its aggregate (`Aside`), is
 * tried again by itself, and holds up nobody else.
 */
export class Relay {
  #stopped = false;
  #wake: () => void = () => undefined;
  #pendingWake = false;
  #running: Promise<void> | undefined;
  #stream: { close(): Promise<void> } | undefined;
  /** Of the entries read last: large ones are fetched a few at a time. */
  #bytesPerEntry = 1000;
  readonly #lease: Lease;
  readonly #aside: Aside;
  #term: Term | undefined;
  #trouble: string | undefined;
  /** Messages published. */
  #count = 0;
  /** Whether anything is set aside, as far as this relay knows, and when it is looked at again. */
  #anyAside = true;
  #asideAt = 0;
  /** Topics and partitions that refused what was sent to them a moment ago. */
  readonly #closed = new Map<string, { readonly reason: string; readonly until: number }>();

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly publisher: Publisher,
    private readonly logger: Logger,
    private readonly onPublished: (count: number) => void = () => undefined,
  ) {
    this.#lease = new Lease(connection, 'outbox-relay');
    this.#aside = new Aside(connection);
  }

  start(): void {
    this.#running = Promise.all([this.#loop(), this.#listen()]).then(() => undefined);
  }

  /** Something was committed: look at once. */
  wake(): void {
    this.#pendingWake = true;
    this.#wake();
  }

  /** What was set aside is looked at now. */
  tryAgain(): void {
    this.#anyAside = true;
    this.#asideAt = 0;
    this.#closed.clear();
    this.wake();
  }

  /** Why nothing is published now; undefined where it is. */
  trouble(): string | undefined {
    return this.#trouble;
  }

  /** Ends after the batch under way, and gives the lease to the other replicas. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#stream?.close().catch(() => undefined);
    await this.#running;
    await this.#lease.release().catch(() => undefined);
  }

  /** Publishes all that is there now; the number of messages. Needs no lease: used where only one can run (tests, bench). */
  async drain(): Promise<number> {
    const before = this.#count;
    while (await this.#publishAll(async () => true));
    return this.#count - before;
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (!(await this.#holdsLease())) {
          this.#term = undefined;
          this.#trouble = undefined;
          await this.#standBy();
          continue;
        }
        this.#pendingWake = false;
        const again = await this.#publishAll(() => this.#holdsLease());
        this.#trouble = undefined;
        if (!again) await this.#idle(this.#anyAside ? ASIDE_MS : IDLE_MS);
      } catch (error) {
        this.#term = undefined;
        if (this.#stopped) return;
        if (error instanceof TermEnded) continue;
        this.#trouble = error instanceof Error ? error.message : String(error);
        this.logger.warn({ err: error }, 'the relay could not publish; it tries again');
        this.#renewAt = 0;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  #renewAt = 0;

  /** Whether this replica may publish now: asked before every batch, since it may have slept since the last. */
  async #holdsLease(): Promise<boolean> {
    if (this.#stopped) return false;
    if (this.#lease.held() && performance.now() < this.#renewAt) return true;
    const mine = await this.#lease.acquire();
    this.#renewAt = mine ? performance.now() + RENEW_MS : 0;
    return mine && this.#lease.held();
  }

  /** Another replica publishes: what is committed meanwhile is its work, and wakes this one in vain. */
  async #standBy(): Promise<void> {
    for (const until = performance.now() + RENEW_MS; !this.#stopped; ) {
      const rest = until - performance.now();
      if (rest <= 0) return;
      this.#pendingWake = false;
      await this.#idle(rest);
    }
  }

  /** Publishes batch after batch, until it may not go on, or nothing is left that it did not come across: then false. */
  async #publishAll(mayGoOn: () => Promise<boolean>): Promise<boolean> {
    const before = this.#count;
    await this.#publishSome(mayGoOn);
    return this.#count > before || this.#term === undefined || this.#asideIsDue();
  }

  async #publishSome(mayGoOn: () => Promise<boolean>): Promise<void> {
    this.#term ??= await this.#takeOver(mayGoOn);
    const term = this.#term;
    if (this.#asideIsDue() && (await this.#retryAside(term, mayGoOn))) return;
    let before: readonly Position[] = [];
    let deleting: Promise<unknown> = Promise.resolve();
    let batch = await this.#plan(term, undefined, before, deleting);
    while (batch && (await mayGoOn())) {
      const now: Planned = batch;
      const ids = now.entries.map((e) => e._id);
      // Only a full batch has surely more behind it; looking costs the one event that somebody waits for.
      const more = now.more && !this.#asideIsDue();
      const [next, fates] = await bothEnd(
        more ? this.#plan(term, now, [...before, ...ids], deleting) : Promise.resolve(undefined),
        this.#send(term.producer, now, mayGoOn, false),
      );
      await deleting;
      if (fates.some(({ kind }) => kind !== 'appended')) {
        return this.#settle(term.way, now, fates);
      }
      deleting = outboxOf(this.connection).deleteMany({ _id: { $in: ids } });
      deleting.catch(() => undefined);
      this.#published(now.count);
      before = ids;
      batch = next;
    }
    await deleting;
  }

  #published(count: number): void {
    this.#count += count;
    if (count > 0) this.onPublished(count);
  }

  #asideIsDue(): boolean {
    return this.#anyAside && performance.now() >= this.#asideAt;
  }

  /** Begins a term, and ends what the relay before was sending. */
  async #takeOver(mayGoOn: () => Promise<boolean>): Promise<Term> {
    const way = await Way.takeOver(this.connection);
    for (const [i, written] of way.left.entries()) {
      const planned = await this.#again(written);
      if (!planned) continue;
      const fates = await this.#send(written.producer, planned, mayGoOn, true);
      await this.#settle(way, planned, fates, way.left.slice(i + 1));
    }
    this.#anyAside = await this.#aside.any();
    return { way, producer: await this.publisher.newProducer(), next: new Map() };
  }

  /** What another relay wrote down, from where its messages are; nothing where they were published and deleted since. */
  async #again(written: OnItsWay): Promise<Planned | undefined> {
    const partitions = new Map(written.partitions);
    const firsts = new Map(written.lanes.map(({ topic, partition, first }) => [laneOf(topic, partition), first]));
    const entries = await outboxOf(this.connection)
      .find({ _id: { $in: [...written.entries] } }, LOWEST_FIRST)
      .toArray();
    const aside = await this.#aside.get(written.aside);
    if (entries.length < written.entries.length || aside.length < written.aside.length) {
      // Published as a whole: they are deleted after that alone.
      await outboxOf(this.connection).deleteMany({ _id: { $in: [...written.entries] } });
      return undefined;
    }
    const messages = [...entries.flatMap(messagesOf), ...aside.map((a) => fromKept(a.message))];
    const lanes = inLanes(messages, partitions, (lane) => firsts.get(lane) ?? -1);
    const same =
      lanes.length === written.lanes.length &&
      written.lanes.every(({ topic, partition, count }) =>
        lanes.some((l) => l.topic === topic && l.partition === partition && l.messages.length === count),
      );
    if (!same) throw new Error('what was written down to be sent is not what the outbox holds');
    return { written, lanes, entries, aside, count: messages.length };
  }

  async #send(producer: ProducerId, { lanes }: Planned, mayGoOn: () => Promise<boolean>, unsure: boolean) {
    return sendAll(this.publisher, producer, lanes, {
      unsure,
      mayGoOn: async () => {
        if (!(await mayGoOn())) throw new TermEnded('another relay publishes now');
      },
      onWaiting: (reason) => {
        this.#trouble = reason;
        this.logger.warn({ reason }, 'the brokers do not take what is published now; it is sent again');
      },
    });
  }

  /** Takes what was appended out of the outbox, and sets the rest aside. @param left what is on its way still */
  async #settle(
    way: Way,
    { lanes, entries, aside }: Planned,
    fates: readonly Fate[],
    left: readonly OnItsWay[] = [],
  ): Promise<void> {
    let published = 0;
    const refused = new Map<string, SetAside & { readonly ofMessages: boolean }>();
    for (const [i, lane] of lanes.entries()) {
      const fate = fates[i];
      if (!fate || fate.kind === 'appended') {
        published += lane.messages.length;
        continue;
      }
      const ofMessages = fate.kind === 'refused' && fate.of === 'messages';
      const oneOf = ofMessages ? { oneOf: lane.messages.length } : {};
      for (const order of new Set(lane.messages.map(orderOf)))
        refused.set(order, { reason: fate.reason, ofMessages, ...oneOf });
      this.logger.error(
        { topic: lane.topic, partition: lane.partition, messages: lane.messages.length, reason: fate.reason },
        'messages cannot be published now; they are set aside with what follows of their aggregates, and tried again (runbook: what cannot be published)',
      );
      if (fate.kind === 'refused' && fate.of !== 'messages')
        this.#closed.set(fate.of === 'topic' ? lane.topic : laneOf(lane.topic, lane.partition), {
          reason: fate.reason,
          until: performance.now() + CLOSED_MS,
        });
    }
    await inTransaction(this.connection, async (session) => {
      await way.write(left, session);
      await this.#aside.setAside(entries, (message) => refused.get(orderOf(message)), session);
      await outboxOf(this.connection).deleteMany({ _id: { $in: entries.map((e) => e._id) } }, { session });
      await this.#aside.published(
        aside.filter((a) => !refused.has(a.order)),
        session,
      );
      for (const lane of lanes) {
        const theirs = aside.filter((a) => lane.messages.some((m) => orderOf(m) === a.order));
        const [first] = theirs;
        const why = first && refused.get(first.order);
        if (why) await this.#aside.refused(theirs, why.reason, why.ofMessages, session);
      }
    });
    this.#published(published);
    if (refused.size === 0) return;
    // Numbers were given that nothing stands under.
    this.#term = undefined;
    this.#anyAside = true;
    this.#asideAt = 0;
  }

  /** The next batch behind what is under way, written down beside it; nothing where nothing is left. */
  async #plan(
    term: Term,
    sending: Planned | undefined,
    underWay: readonly Position[],
    deleting: Promise<unknown>,
  ): Promise<Planned | undefined> {
    for (;;) {
      const { entries: read, full } = await this.#read(underWay);
      if (read.length === 0) return undefined;
      const topics = new Set(read.flatMap((e) => e.messages.map((m) => m.topic)));
      const known = await this.publisher.partitionsOf([...topics]);
      const partitions = new Map([...known].filter((of): of is [string, number] => typeof of[1] === 'number'));
      const why = await this.#whyAside(read, known);
      if (why) {
        await inTransaction(this.connection, async (session) => {
          await term.way.require(session);
          await this.#aside.setAside(read, why, session);
        });
        this.#anyAside = true;
        continue;
      }
      const portions = read.map((entry) => ({ entry, messages: messagesOf(entry) }));
      const taken = fitting(portions, partitions);
      const messages = taken.flatMap((portion) => portion.messages);
      const entries = taken.map((t) => t.entry);
      const more = full || taken.length < read.length;
      const planned = { ...this.#numbered(term, messages, partitions, { entries }), more };
      await deleting;
      await term.way.write([...(sending ? [sending.written] : []), planned.written]);
      return planned;
    }
  }

  #numbered(
    term: Term,
    messages: readonly OutgoingMessage[],
    partitions: ReadonlyMap<string, number>,
    { entries = [], aside = [] }: { entries?: readonly OutboxEntry[]; aside?: readonly AsideMessage[] },
  ): Planned {
    const lanes = inLanes(messages, partitions, (lane) => term.next.get(lane) ?? 0);
    for (const { topic, partition, first, messages: theirs } of lanes)
      term.next.set(laneOf(topic, partition), first + theirs.length);
    const written: OnItsWay = {
      producer: term.producer,
      entries: entries.map((e) => e._id),
      aside: aside.map((a) => a._id),
      partitions: [...new Set(lanes.map((l) => l.topic))].map((topic) => [topic, partitions.get(topic) ?? 1]),
      lanes: lanes.map(({ topic, partition, first, messages: of }) => ({ topic, partition, first, count: of.length })),
    };
    return { written, lanes, entries, aside, count: messages.length };
  }

  /** Which of these messages are to be set aside; undefined where none is. */
  async #whyAside(
    entries: readonly OutboxEntry[],
    known: ReadonlyMap<string, number | string>,
  ): Promise<WhyAside | undefined> {
    const now = performance.now();
    for (const [name, { until }] of this.#closed) if (until < now) this.#closed.delete(name);
    const all = entries.flatMap((e) => e.messages);
    const behind = this.#anyAside ? await this.#aside.among(all.map(orderOf)) : new Set<string>();
    const topics = new Map<string, string>();
    for (const [topic, said] of known) {
      const reason = typeof said === 'string' ? said : this.#closed.get(topic)?.reason;
      if (reason !== undefined) topics.set(topic, reason);
    }
    const lanes = [...this.#closed.keys()].some((name) => name.includes('/')) ? this.#closed : undefined;
    const why: WhyAside = (message) => {
      const { topic } = message;
      if (behind.has(orderOf(message))) return { reason: BEHIND, behind: true };
      const count = known.get(topic);
      const lane = typeof count === 'number' ? laneOf(topic, partitionOf(message.key, count)) : '';
      const reason = topics.get(topic) ?? lanes?.get(lane)?.reason;
      return reason === undefined ? undefined : { reason };
    };
    return all.some(why) ? why : undefined;
  }

  /** Tries what was set aside and is due; whether anything was. */
  async #retryAside(term: Term, mayGoOn: () => Promise<boolean>): Promise<boolean> {
    this.#anyAside = await this.#aside.any();
    this.#asideAt = performance.now() + ASIDE_MS;
    if (!this.#anyAside) return false;
    const due = await this.#aside.due();
    if (due.length === 0) return false;
    const known = await this.publisher.partitionsOf([...new Set(due.map((d) => d.message.topic))]);
    const partitions = new Map<string, number>();
    for (const [topic, said] of known)
      if (typeof said === 'number') partitions.set(topic, said);
      else await this.#aside.postpone(topic, said);
    const portions = due
      .filter((d) => partitions.has(d.message.topic))
      .map((aside) => ({
        aside,
        messages: [fromKept(aside.message)],
        ...(aside.most === undefined ? {} : { most: aside.most }),
      }));
    const taken = fitting(portions, partitions, { apart: true });
    if (taken.length === 0 || !(await mayGoOn())) return false;
    const messages = taken.flatMap((t) => t.messages);
    const aside = taken.map((t) => t.aside);
    const planned = this.#numbered(term, messages, partitions, { aside });
    await inTransaction(this.connection, async (session) => {
      await term.way.write([planned.written], session);
      await this.#aside.mark(planned.written.aside, session);
    });
    const fates = await this.#send(term.producer, planned, mayGoOn, false);
    await this.#settle(term.way, planned, fates);
    this.#asideAt = 0;
    return true;
  }

  /** The lowest entries but those under way, complete up to the last of them (see above). */
  async #read(underWay: readonly Position[]): Promise<{ entries: OutboxEntry[]; full: boolean }> {
    // First behind what is under way (its entries are not decoded again); should a lower one have come meanwhile, from the start.
    let filter: object = underWay.length > 0 ? { _id: { $gt: underWay.at(-1), $nin: underWay } } : {};
    for (;;) {
      const known = new Set(underWay);
      const entries: OutboxEntry[] = [];
      let messages = 0;
      let bytes = 0;
      let full = false;
      const batchSize = Math.min(READ_ENTRIES, Math.max(2, Math.ceil(READ_BYTES / this.#bytesPerEntry)));
      const cursor = outboxOf(this.connection).find(filter, { ...LOWEST_FIRST, batchSize });
      for await (const entry of cursor) {
        entries.push(entry);
        messages += entry.messages.length;
        for (const { value, headers } of entry.messages) bytes += value.length + headers.length;
        full = messages >= READ_MESSAGES || entries.length >= READ_ENTRIES || bytes >= READ_BYTES;
        if (full) break;
      }
      await cursor.close();
      if (entries.length > 0) this.#bytesPerEntry = bytes / entries.length;
      const last = entries.at(-1)?._id;
      if (last === undefined) return { entries, full };
      for (const { _id } of entries) known.add(_id);
      const below = await outboxOf(this.connection)
        .find({ _id: { $lte: last } }, { ...LOWEST_FIRST, projection: { _id: 1 } })
        .toArray();
      if (below.every(({ _id }) => known.has(_id))) return { entries, full };
      filter = { _id: { $nin: underWay } };
    }
  }

  /** Wakes the relay when any replica commits to the outbox. */
  async #listen(): Promise<void> {
    while (!this.#stopped) {
      try {
        const stream = outboxOf(this.connection).watch(
          [{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }],
          { maxAwaitTimeMS: 5000 },
        );
        this.#stream = stream;
        for await (const _ of stream) {
          this.wake();
          if (this.#stopped) return;
        }
      } catch (error) {
        if (this.#stopped) return;
        this.logger.debug({ err: error }, 'the change stream ended; it is opened again');
        this.wake();
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  async #idle(ms: number): Promise<void> {
    if (this.#pendingWake || this.#stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }
}

/** Both end before the first that failed is told: nothing of the other goes on behind it. */
async function bothEnd<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const ended = await Promise.allSettled([first, second]);
  const failed = ended.findLast((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all([first, second]);
}
