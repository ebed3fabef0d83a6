import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import type { NotPublished, Publisher } from '@gpect/service-kit/kafka/publisher';

/** What waits to be published, and who waits for it. */
interface Waiting {
  readonly messages: readonly OutgoingMessage[];
  /** @param why not all of them are on their topic */
  done(why: NotPublished | undefined): void;
  failed(error: unknown): void;
}

/**
 * Puts what comes over HTTP on the partners' topics. What comes for a topic while a request for it is under way goes with
 * the next; each is told of its own messages alone, and no topic waits for another. Who waits while the brokers do not answer
 * is told so when the first one is: nothing of theirs was sent.
 */
export class Entrance {
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(private readonly publisher: Pick<Publisher, 'publishEach' | 'close'>) {}

  /** Resolves when the brokers hold every message, or with why they do not. All are of one topic. */
  publish(messages: readonly OutgoingMessage[]): Promise<NotPublished | undefined> {
    const topic = messages[0]?.topic;
    if (topic === undefined) return Promise.resolve(undefined);
    return new Promise((done, failed) => {
      const waiting = this.#waiting.get(topic);
      if (waiting) waiting.push({ messages, done, failed });
      else {
        this.#waiting.set(topic, [{ messages, done, failed }]);
        void this.#go(topic);
      }
    });
  }

  async close(): Promise<void> {
    await this.publisher.close().catch(() => undefined);
  }

  async #go(topic: string): Promise<void> {
    for (let now = this.#waiting.get(topic) ?? []; now.length > 0; now = this.#waiting.get(topic) ?? []) {
      this.#waiting.set(topic, []);
      try {
        const came = await this.publisher.publishEach(now.flatMap((w) => w.messages));
        let at = 0;
        for (const { messages, done } of now) {
          const theirs = came.slice(at, at + messages.length);
          at += messages.length;
          done(theirs.find((one) => one?.maybe) ?? theirs.find((one) => one !== undefined));
        }
        if (came.some((one) => one?.maybe)) this.#tellWaiting(topic);
      } catch (error) {
        for (const one of now) one.failed(error);
      }
    }
    this.#waiting.delete(topic);
  }

  #tellWaiting(topic: string): void {
    for (const { done } of this.#waiting.get(topic) ?? [])
      done({ reason: 'the brokers do not answer', ofMessages: false });
    this.#waiting.set(topic, []);
  }
}
