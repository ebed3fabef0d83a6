import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import type { Publisher } from '@gpect/service-kit/kafka/publisher';

/** What waits to be published, and those who wait for it. */
interface Waiting {
  readonly messages: readonly OutgoingMessage[];
  done(): void;
  failed(error: unknown): void;
}

/** Puts what comes over HTTP on the partners' topics. What comes while a request to the brokers is under way goes with the next. */
export class Entrance {
  #waiting: Waiting[] = [];
  #publishing = false;

  constructor(private readonly publisher: Publisher) {}

  /** Resolves when the brokers hold every message. */
  publish(messages: readonly OutgoingMessage[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ messages, done, failed });
      if (!this.#publishing) void this.#go();
    });
  }

  async close(): Promise<void> {
    await this.publisher.close().catch(() => undefined);
  }

  async #go(): Promise<void> {
    this.#publishing = true;
    while (this.#waiting.length > 0) {
      const now = this.#waiting;
      this.#waiting = [];
      try {
        await this.publisher.publish(now.flatMap((w) => w.messages));
        for (const one of now) one.done();
      } catch (error) {
        for (const one of now) one.failed(error);
      }
    }
    this.#publishing = false;
  }
}
