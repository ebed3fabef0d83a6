import type { Logger } from '../observability/logger.js';

const HOUR_MS = 60 * 60 * 1000;

/** Work that is looked for when the service starts and then once an hour; a round that fails is tried again by the next. */
export class Hourly {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();

  /** @param look has its effect once, however many instances look */
  constructor(
    private readonly look: () => Promise<void>,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    this.#next();
    this.#timer = setInterval(() => this.#next(), HOUR_MS);
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
