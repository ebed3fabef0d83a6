import { createHash } from 'node:crypto';
import type { OutgoingMessage } from '../events/cloudevents.js';
import { within } from '../time/within.js';
import type { Appender, LaneBatch, Outcome, ProducerId } from './appender.js';
import { laneOf } from './lanes.js';

/** Waits between tries (ms); the last one for ever. */
const PAUSES_MS = [100, 300, 1000, 3000];
/** How long messages of which their sender was told nothing certain are known again (ms). */
const KNOWN_MS = 3_600_000;

/** What is known of the batches of one partition: one goes after the other, under numbers of their own. */
interface Lane {
  producer: ProducerId | undefined;
  next: number;
  now: Promise<Outcome> | undefined;
}

interface Sent {
  readonly outcome: Promise<Outcome>;
  /** Until when it is known (performance.now). */
  until: number;
}

/**
 * Sends what has no outbox so that it stands on its topic once: under a producer's numbers, each batch of a partition as it
 * is until a broker says what came of it, and only then the next. Who sent it waits for so long and no longer; what is not
 * known by then is found out meanwhile, and the same message sent again is the one that is on its way.
 */
export class Once {
  readonly #lanes = new Map<string, Lane>();
  readonly #sent = new Map<string, Sent>();
  #closed = false;

  constructor(private readonly appender: Pick<Appender, 'append' | 'newProducer'>) {}

  /** What came, or comes within so long, of a message that is on its way already; undefined where it is not. */
  known(message: OutgoingMessage, withinMs: number): Promise<Outcome> | undefined {
    const sent = this.#sent.get(printOf(message));
    if (!sent || sent.until < performance.now()) return undefined;
    return within(withinMs, sent.outcome, UNSURE);
  }

  /** What came of a batch; `later` where it is not known by then, and `maybe` where it may be there. */
  async send(batch: LaneBatch, withinMs: number): Promise<Outcome> {
    const until = performance.now() + withinMs;
    const lane = this.#laneOf(batch);
    while (lane.now !== undefined) {
      const waited = await within(until - performance.now(), lane.now, undefined);
      if (waited === undefined) return NOT_SENT;
    }
    if (performance.now() >= until) return NOT_SENT;
    const waiting = { over: false };
    const outcome = this.#settle(lane, batch, waiting);
    lane.now = outcome;
    const forget = this.#remember(batch.messages, outcome);
    const told = await within(until - performance.now(), outcome, undefined);
    if (told) {
      forget();
      return told;
    }
    waiting.over = true;
    void outcome.then(({ kind }) => forget(kind === 'appended' ? KNOWN_MS : 0));
    return UNSURE;
  }

  close(): void {
    this.#closed = true;
  }

  #laneOf({ topic, partition }: LaneBatch): Lane {
    const key = laneOf(topic, partition);
    const lane = this.#lanes.get(key) ?? { producer: undefined, next: 0, now: undefined };
    this.#lanes.set(key, lane);
    return lane;
  }

  /** Sends it as it is until it is known what came of it, or that it is not there and nobody waits any more. */
  async #settle(lane: Lane, batch: LaneBatch, waiting: { readonly over: boolean }): Promise<Outcome> {
    let maybe = false;
    for (let tries = 0; ; tries++) {
      const outcome = await this.#try(lane, batch);
      if (outcome.kind === 'appended') lane.next += batch.messages.length;
      // Where its producer has other numbers, it is not on the log: it goes under a new one.
      else if (outcome.kind === 'gap') lane.producer = undefined;
      else if (outcome.kind === 'later' && outcome.maybe) maybe = true;
      const known = outcome.kind === 'appended' || outcome.kind === 'refused';
      if (known || this.#closed || (waiting.over && !maybe)) {
        lane.now = undefined;
        return known ? outcome : { kind: 'later', maybe, reason: outcome.reason };
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]).unref());
    }
  }

  async #try(lane: Lane, batch: LaneBatch): Promise<Outcome> {
    try {
      if (!lane.producer) {
        lane.producer = await this.appender.newProducer();
        lane.next = 0;
      }
      const [outcome] = await this.appender.append(lane.producer, [{ ...batch, first: lane.next }]);
      return outcome ?? UNSURE;
    } catch (error) {
      // It was not even said who leads the partition: nothing was sent.
      return { kind: 'later', maybe: false, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Knows these messages again until it is told for how much longer (ms). */
  #remember(messages: readonly OutgoingMessage[], outcome: Promise<Outcome>): (forMs?: number) => void {
    const prints = messages.map(printOf);
    const sent: Sent = { outcome, until: Number.POSITIVE_INFINITY };
    for (const print of prints) this.#sent.set(print, sent);
    return (forMs = 0) => {
      const now = performance.now();
      sent.until = now + forMs;
      for (const [print, { until }] of this.#sent) if (until <= now) this.#sent.delete(print);
    };
  }
}

const UNSURE: Outcome = { kind: 'later', maybe: true, reason: 'the brokers have not said yet whether they took it' };
const NOT_SENT: Outcome = { kind: 'later', maybe: false, reason: 'the brokers do not answer' };

/** A message is the same where its sender would say so: whatever its trace is. */
function printOf({ topic, key, headers: { ce_traceparent, ...headers }, value }: OutgoingMessage): string {
  return createHash('sha256')
    .update(JSON.stringify([topic, key, headers, value]))
    .digest('base64');
}
