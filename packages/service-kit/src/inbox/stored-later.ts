import type { Logger } from '../observability/logger.js';
import type { Position } from './positions.js';

export interface StoredLaterOptions {
  /** How long it is waited for more of them (ms). */
  readonly afterMs: number;
  readonly logger: Logger;
  /** The positions that may be written now. */
  positions(): Iterable<readonly [partition: string, position: Position]>;
  /** Another has taken over the partition. */
  lost(partition: string): void;
}

/** Positions that moved over events of no concern: written together, a moment later. */
export class StoredLater {
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  constructor(private readonly options: StoredLaterOptions) {}

  /** Ends when what is being written now is written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.now().finally(() => {
        this.#writing = undefined;
      });
    }, this.options.afterMs);
  }

  /** Writes the positions that are only known here; a partition that another has taken over is forgotten. */
  async now(): Promise<void> {
    const { positions, lost, logger } = this.options;
    for (const [partition, position] of positions()) {
      await position.store().catch((error: unknown) => {
        logger.debug({ err: error, partition }, 'the position could not be written');
        lost(partition);
      });
    }
  }
}
