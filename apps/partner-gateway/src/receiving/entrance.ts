import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import { type NotPublished, type Publisher, WAIT_MS } from '@gpect/service-kit/kafka/publisher';

/** Of each message why it is not on its topic, if it is not. */
type Came = readonly (NotPublished | undefined)[];

/** What waits to be published, and who waits for it. */
interface Waiting {
  readonly messages: readonly OutgoingMessage[];
  /** When they must be told, whatever has come of it. */
  readonly until: number;
  done(came: Came): void;
  failed(error: unknown): void;
}

/** With less time than this left (ms) nothing is begun: it would most likely end in doubt. */
const LEAST_MS = 5000;
const NOT_SENT: NotPublished = { reason: 'the brokers do not answer' };

/**
 * Puts what comes over HTTP on the partners' topics. What comes for a topic while a request for it is under way goes with
 * the next; each is told of its own messages alone, within its own time, and no topic waits for another. Who waits while the
 * brokers do not answer is told so when the first one is: nothing of theirs was sent.
 */
export class Entrance {
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(
    private readonly publisher: Pick<Publisher, 'publishEach' | 'close'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Resolves when the brokers hold every message, or with why they do not, of each. All are of one topic. */
  publish(messages: readonly OutgoingMessage[]): Promise<Came> {
    const topic = messages[0]?.topic;
    if (topic === undefined) return Promise.resolve([]);
    return new Promise((done, failed) => {
      const mine: Waiting = { messages, until: this.now() + WAIT_MS, done, failed };
      const waiting = this.#waiting.get(topic);
      if (waiting) waiting.push(mine);
      else {
        this.#waiting.set(topic, [mine]);
        void this.#go(topic);
      }
    });
  }

  async close(): Promise<void> {
    await this.publisher.close().catch(() => undefined);
  }

  async #go(topic: string): Promise<void> {
    for (let all = this.#waiting.get(topic) ?? []; all.length > 0; all = this.#waiting.get(topic) ?? []) {
      this.#waiting.set(topic, []);
      const now = this.now();
      tellNotSent(all.filter(({ until }) => until - now < LEAST_MS));
      const theirs = all.filter(({ until }) => until - now >= LEAST_MS);
      if (theirs.length > 0 && !(await this.#publish(theirs, now))) {
        tellNotSent(this.#waiting.get(topic) ?? []);
        this.#waiting.set(topic, []);
      }
    }
    this.#waiting.delete(topic);
  }

  /** Whether the brokers answered. */
  async #publish(theirs: readonly Waiting[], now: number): Promise<boolean> {
    try {
      const withinMs = Math.min(...theirs.map(({ until }) => until)) - now;
      const came = await this.publisher.publishEach(
        theirs.flatMap((w) => w.messages),
        withinMs,
      );
      let at = 0;
      for (const { messages, done } of theirs) {
        done(came.slice(at, at + messages.length));
        at += messages.length;
      }
      return came.every((one) => one === undefined || one.refused !== undefined);
    } catch (error) {
      for (const one of theirs) one.failed(error);
      return false;
    }
  }
}

function tellNotSent(waiting: readonly Waiting[]): void {
  for (const { messages, done } of waiting) done(messages.map(() => NOT_SENT));
}
