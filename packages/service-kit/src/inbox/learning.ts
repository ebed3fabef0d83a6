import type { EventType } from '@gpect/contracts/event-contracts';
import type { Batch } from '../kafka/batch.js';
import type { KeptAgain } from './kept-again.js';
import type { History } from './reads.js';

/** History of one partition that the builds before this one did not read; it is read before anything else. */
export class Learning {
  /** Where the broker began when it was asked for what is next. */
  #begins: number | undefined;

  constructor(
    private readonly history: History,
    /** Offset to go on from. */
    public at: number,
    readonly again: KeptAgain,
  ) {}

  /** Never read before. */
  get types(): ReadonlySet<EventType> {
    return this.history.types;
  }

  /** Whether all that was taken is put into the log. */
  get fillsLog(): boolean {
    return this.history.unlogged === true;
  }

  /** What is read, for those who watch. */
  get names(): EventType[] {
    return [...this.history.types, ...this.history.kept.keys()];
  }

  /** Whether the partition is to be read from where history goes on: asked for once, since the topic may begin behind it. */
  goesBack({ messages }: Pick<Batch, 'messages'>): boolean {
    const first = messages[0]?.offset ?? 0;
    if (first > this.at && this.#begins !== first) {
      this.#begins = first;
      return true;
    }
    this.#begins = undefined;
    return false;
  }
}
