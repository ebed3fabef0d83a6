import type { Replayer } from '../dead-letters/dead-letters.js';
import type { ParkedEvents } from '../dead-letters/parked-events.js';
import type { IncomingMessage } from '../events/cloudevents.js';

/** How long it is looked again for what was parked behind an event while that was taken (ms). */
const LOOK_AGAIN_MS = 60_000;

/**
 * Events of newer releases than a reader was of, kept with what follows of their aggregates: taken, in their order, as soon
 * as a release runs that knows them.
 */
export class NewerEvents {
  readonly #released = new Map<string, number>();
  #taking: Promise<void> | undefined;

  constructor(
    private readonly parked: ParkedEvents,
    private readonly reader: Pick<Replayer, 'replayOne'> & { knows(message: IncomingMessage): boolean },
  ) {}

  /** Takes what this release knows; once at a time. */
  take(): Promise<void> {
    this.#taking ??= this.#take().finally(() => {
      this.#taking = undefined;
    });
    return this.#taking;
  }

  async #take(): Promise<void> {
    const now = Date.now();
    for (const { message, orderKey } of await this.parked.newer())
      if (this.reader.knows(message)) this.#released.set(orderKey, now + LOOK_AGAIN_MS);
    for (const [orderKey, until] of this.#released) {
      await this.#takeAll(orderKey);
      if (until < now) this.#released.delete(orderKey);
    }
  }

  /** Until one cannot be taken: what is behind it keeps its place. */
  async #takeAll(orderKey: string): Promise<void> {
    for (const id of await this.parked.idsOf(orderKey)) {
      const event = await this.parked.get(id);
      if (event && (await this.reader.replayOne(event)) !== undefined) return;
    }
  }
}
