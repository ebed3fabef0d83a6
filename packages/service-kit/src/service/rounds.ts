import type { Logger } from '../observability/logger.js';

const HOUR_MS = 60 * 60 * 1000;

/** Work that is looked for when the service starts and then once an hour, or as often as is said; a round that fails is tried again by the next. */
export class Rounds {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();

  /** @param look has its effect once, however many instances look */
  constructor(
    private readonly look: () => Promise<void>,
    private readonly logger: Logger,
    private readonly everyMs = HOUR_MS,
  ) {}

  async start(): Promise<void> {
    this.#next();
    this.#timer = setInterval(() => this.#next(), this.everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  #next(): void {
    this.#round = this.#round.then(this.look).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'this round failed; the next tries again');
    });
  }
}
