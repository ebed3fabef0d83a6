import { PositionLost } from '../mongo/transaction.js';
import type { Logger } from '../observability/logger.js';
import type { Position } from './positions.js';

/** After a write that failed. */
const AGAIN_MS = 2000;

export interface StoredLaterOptions {
  /** How long it is waited for more of them (ms). */
  readonly afterMs: number;
  readonly logger: Logger;
  /** Those of the partitions that are read now. */
  positions(): Iterable<Position>;
}

/**
 * Positions that moved over events of no concern: written together, a moment later, and never beside a batch of theirs. Each
 * is written in the end, though nothing more comes.
 */
export class StoredLater {
  readonly #underWay = new Set<Position>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  constructor(private readonly options: StoredLaterOptions) {}

  /** While a batch is taken it moves the position by itself; what it only passed over at its end is written later. */
  async beside<T>(position: Position, take: () => Promise<T>): Promise<T> {
    await this.#writing;
    this.#underWay.add(position);
    try {
      return await take();
    } finally {
      this.#underWay.delete(position);
      if (position.next !== position.stored) this.#soon();
    }
  }

  /** Writes what is to be written. */
  now(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  #soon(afterMs = this.options.afterMs): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.now();
    }, afterMs);
    this.#timer.unref();
  }

  async #write(): Promise<void> {
    for (const position of this.options.positions()) {
      if (this.#underWay.has(position)) continue;
      await position.store().catch((error: unknown) => {
        this.options.logger.debug({ err: error, partition: position.partition }, 'the position could not be written');
        // Where another has moved it (a reader, a rebuild) the next batch or `followRebuild` finds that out.
        if (!(error instanceof PositionLost)) this.#soon(AGAIN_MS);
      });
    }
  }
}
