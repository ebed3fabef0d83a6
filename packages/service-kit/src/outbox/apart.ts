import { randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import { groupBy } from '../collections/group-by.js';
import { type LaneBatch, partitionOf } from '../kafka/appender.js';
import { fitting, laneOf } from '../kafka/lanes.js';
import type { Publisher } from '../kafka/publisher.js';
import { inTransaction } from '../mongo/transaction.js';
import type { Logger } from '../observability/logger.js';
import { type Aside, type AsideMessage, type SetAside, TakenMeanwhile } from './aside.js';
import type { ClosedPlaces } from './closed.js';
import { fromKept } from './outbox.js';
import { lanesAgain, lanesOf, numbered, type Outcome, outcomeOf } from './planning.js';
import { sendAll } from './sending.js';
import { type OnItsWay, TermEnded, type Way } from './way.js';

/** How often it is looked whether what was set aside is to be tried again. */
const LOOK_MS = 500;
/** With so many found, no more are looked for before those are tried. */
const ENOUGH = 1000;

/** What a relay has for both of its ways. */
export interface RelayParts {
  readonly connection: mongoose.Connection;
  readonly publisher: Publisher;
  readonly logger: Logger;
  readonly aside: Aside;
  readonly closed: ClosedPlaces;
  onPublished(count: number): void;
}

/**
 * Sends what was set aside, each partition by itself and beside everything else: under numbers of a producer of its own, written down
 * like all that is sent. What may be there (a broker was asked and did not answer) is sent again under the numbers that it
 * had, until a broker says what came of it; nothing else goes to its partition before.
 */
export class Apart {
  /** Whether anything is set aside, as far as this relay knows. */
  #any = true;
  #ended = false;
  readonly #busy = new Map<string, Promise<void>>();
  /** What may be there, in its order. */
  readonly #doubts: OnItsWay[];
  #wake: () => void = () => undefined;
  #woken = false;
  #wakes = 0;

  constructor(
    private readonly parts: RelayParts,
    private readonly way: Way,
    left: readonly OnItsWay[],
    private readonly mayGoOn: () => Promise<boolean>,
  ) {
    this.#doubts = [...left];
  }

  get any(): boolean {
    return this.#any;
  }

  /** It found that it may not go on. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Something was set aside, or is to be tried. */
  wake(): void {
    this.#any = true;
    this.#wakes++;
    this.#woken = true;
    this.#wake();
  }

  addDoubts(doubts: readonly OnItsWay[]): void {
    this.#doubts.push(...doubts);
  }

  inDoubt(lane: string): boolean {
    return this.#doubts.some((doubt) => lanesOf(doubt).includes(lane));
  }

  /** Looks and tries until the term ends. What is on its way then is the next relay's to send again. */
  async run(): Promise<void> {
    while (!this.#ended) {
      this.#woken = false;
      if (this.#any)
        await this.look().catch((error: unknown) => {
          if (error instanceof TermEnded) this.end();
          else this.parts.logger.warn({ err: error }, 'what was set aside could not be tried; it is tried again');
        });
      if (this.#woken || this.#ended) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async idle(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  /** Begins to try what is due, each partition by itself; whether anything is. */
  async look(): Promise<boolean> {
    const { aside, closed } = this.parts;
    const wakes = this.#wakes;
    const any = (await aside.any()) || this.#doubts.length > 0;
    // What was set aside since that look is not in it.
    if (any || wakes === this.#wakes) this.#any = any;
    if (!this.#any || !(await this.mayGoOn())) return false;
    const waiting = new Set(closed.waiting());
    const taken = new Set([...waiting, ...this.#busy.keys()]);
    let began = false;
    for (const doubt of [...this.#doubts]) {
      const lanes = lanesOf(doubt);
      if (lanes.every((lane) => !taken.has(lane))) {
        began = true;
        this.#begin(lanes, () => this.#again(doubt));
      }
      // What is behind it waits.
      for (const lane of lanes) taken.add(lane);
    }
    for (const [lane, theirs] of await this.#dueBut(taken)) {
      began = true;
      this.#begin([lane], () => this.#first(theirs.messages, theirs.partitions));
    }
    for (const lane of closed.due())
      if (!this.#busy.has(lane) && !this.inDoubt(lane) && !(await aside.anyOf(lane))) closed.open(lane);
    return began;
  }

  /** What is due, by partition, but of those that are tried now or later: they keep no other from being found. */
  async #dueBut(taken: ReadonlySet<string>) {
    const { aside } = this.parts;
    const lanes = new Map<string, { messages: AsideMessage[]; partitions: ReadonlyMap<string, number> }>();
    const partitions = new Map<string, number>();
    const [passed, missing] = [new Set<string>(), new Set<string>()];
    let found = 0;
    for await (const due of aside.due([...taken], passed)) {
      await this.#askPartitions(due, partitions, missing);
      for (const one of due) {
        const { topic, key } = one.message;
        const lane = laneOf(topic, partitionOf(key, partitions.get(topic) ?? 1));
        if (missing.has(topic) || taken.has(lane)) {
          passed.add(one.order);
          continue;
        }
        const theirs = lanes.get(lane) ?? { messages: [], partitions };
        theirs.messages.push(one);
        lanes.set(lane, theirs);
        found++;
      }
      if (found >= ENOUGH) break;
    }
    return lanes;
  }

  /** Learns how many partitions their topics have; those of a topic that is not there wait. */
  async #askPartitions(due: readonly AsideMessage[], partitions: Map<string, number>, missing: Set<string>) {
    const topics = new Set(due.map((d) => d.message.topic));
    const unknown = [...topics].filter((topic) => !partitions.has(topic) && !missing.has(topic));
    if (unknown.length === 0) return;
    for (const [topic, said] of await this.parts.publisher.partitionsOf(unknown)) {
      if (typeof said === 'number') partitions.set(topic, said);
      else {
        missing.add(topic);
        await this.parts.aside.postpone(topic, said);
      }
    }
  }

  #begin(lanes: readonly string[], attempt: () => Promise<boolean>): void {
    const done = attempt()
      .catch((error: unknown) => {
        if (error instanceof TermEnded) this.end();
        else if (!(error instanceof TakenMeanwhile))
          this.parts.logger.warn({ err: error, lanes }, 'what was set aside could not be sent; it is tried again');
        return error instanceof TakenMeanwhile;
      })
      .then((progress) => {
        for (const lane of lanes) this.#busy.delete(lane);
        if (progress) this.wake();
      });
    for (const lane of lanes) this.#busy.set(lane, done);
  }

  /** Sends the first of these, which are of one partition, as a batch of their own. */
  async #first(due: readonly AsideMessage[], partitions: ReadonlyMap<string, number>): Promise<boolean> {
    const portions = due.map((aside) => ({
      aside,
      messages: [fromKept(aside.message)],
      ...(aside.most === undefined ? {} : { most: aside.most }),
    }));
    const taken = fitting(portions, partitions, { apart: true });
    const aside = taken.map((t) => t.aside);
    const producer = await this.parts.publisher.newProducer();
    const messages = taken.flatMap((t) => t.messages);
    const plan = numbered(producer, messages, partitions, { aside: aside.map((a) => a._id) }, () => 0);
    const written = { id: randomUUID(), ...plan.written };
    await inTransaction(this.parts.connection, async (session) => {
      await this.way.addApart([written], session);
      await this.parts.aside.mark(written.aside, session);
    });
    return this.#send(written, plan.lanes, aside, false);
  }

  /** Sends once more what may be there. */
  async #again(doubt: OnItsWay): Promise<boolean> {
    const aside = await this.parts.aside.get(doubt.aside);
    const lanes = lanesAgain(
      doubt,
      aside.map((a) => fromKept(a.message)),
    );
    return this.#send(doubt, lanes, aside, true);
  }

  async #send(
    written: OnItsWay,
    lanes: readonly LaneBatch[],
    aside: readonly AsideMessage[],
    unsure: boolean,
  ): Promise<boolean> {
    const { publisher, closed, onPublished } = this.parts;
    const outcome = outcomeOf(
      lanes,
      await sendAll(publisher, written.producer, lanes, {
        unsure,
        patienceMs: 0,
        apart: true,
        mayGoOn: async () => {
          if (this.#ended || !(await this.mayGoOn())) throw new TermEnded('another relay publishes now');
        },
        onWaiting: () => undefined,
      }).catch((error: unknown) => {
        this.#doubt(written);
        for (const lane of lanesOf(written)) closed.closePartition(lane, String(error));
        throw error;
      }),
    );
    for (const lane of lanesOf(written)) {
      const reason = outcome.closedLanes.get(lane);
      if (reason === undefined) closed.open(lane);
      else closed.closePartition(lane, reason);
    }
    for (const [topic, reason] of outcome.closedTopics) closed.closeTopic(topic, reason);
    if (outcome.doubted.length > 0) {
      this.#doubt(written);
      await this.parts.aside.doubted(written.aside, [...outcome.closedLanes.values()].join('; '));
      return false;
    }
    await this.#settle(written, aside, outcome);
    onPublished(outcome.published);
    return true;
  }

  #doubt(written: OnItsWay): void {
    if (!this.#doubts.some(({ id }) => id === written.id)) this.#doubts.push(written);
  }

  async #settle(written: OnItsWay, aside: readonly AsideMessage[], outcome: Outcome): Promise<void> {
    await inTransaction(this.parts.connection, async (session) => {
      await this.way.removeApart(written.id ?? '', session);
      await this.parts.aside.published(
        aside.filter((a) => !outcome.aside.has(a.order)),
        session,
      );
      const refused = groupBy(aside, (a): SetAside | undefined => outcome.aside.get(a.order));
      for (const [set, theirs] of refused) if (set) await this.parts.aside.refused(theirs, set, session);
    });
    const at = this.#doubts.findIndex(({ id }) => id === written.id);
    if (at >= 0) this.#doubts.splice(at, 1);
  }
}
