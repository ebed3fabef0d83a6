import type { Extras } from '@gpect/service-kit/aggregate/command-runner';
import type { Beside } from '@gpect/service-kit/aggregate/together';
import type { ParkedEvent } from '@gpect/service-kit/dead-letters/parked-events';
import type { KeptAnswer } from './answers.js';

export interface Answered {
  readonly kept: KeptAnswer;
  readonly repeated: boolean;
  /** It was committed before, by a reader that died then: nothing of it is left to write. */
  readonly said?: boolean;
}

/** An answer, or what cannot be answered yet. */
export type Given = Answered | { readonly parked: ParkedEvent };

/** What a command that is decided says to the transaction that it is in: the answer to the event that asked for it. */
export interface Decided {
  readonly index: number;
  readonly kept: KeptAnswer;
}

/** What one transaction of a slice writes. */
export interface SliceWrite {
  readonly answers: readonly Answered[];
  readonly parked: readonly ParkedEvent[];
  /** Nothing of the slice is left after it. */
  readonly last: boolean;
}

/**
 * The events that are taken together, and what was given to each. An answer is written with the command that it answers;
 * what was answered without a command (a refusal, a repeat) goes with the next transaction, in the order of the events.
 */
export class Slice implements Beside {
  readonly #given: (Given | undefined)[];
  readonly #written: boolean[];
  #now: readonly number[] = [];

  constructor(
    size: number,
    private readonly write: (what: SliceWrite) => Extras,
    private readonly onAnswer: (kept: KeptAnswer) => void,
  ) {
    this.#given = new Array<undefined>(size).fill(undefined);
    this.#written = new Array<boolean>(size).fill(false);
  }

  settle(index: number, given: Given): void {
    this.#given[index] = given;
  }

  isWritten(index: number): boolean {
    return this.#written[index] ?? false;
  }

  /** Everything is written. */
  get done(): boolean {
    return this.#written.every(Boolean);
  }

  get all(): readonly Given[] {
    return this.#given.flatMap((given) => given ?? []);
  }

  extras(said: readonly unknown[]): Extras {
    const decided = new Map((said as Decided[]).map(({ index, kept }) => [index, { kept, repeated: false }]));
    const due = this.#given.flatMap((given, index) => {
      const now = decided.get(index) ?? given;
      return now && !this.#written[index] ? [{ index, now }] : [];
    });
    const left = this.#written.filter((written) => !written).length;
    const last = due.length === left;
    // What is parked is parked with the place reached: read again it would be parked twice.
    const written = due.filter(({ now }) => last || 'kept' in now);
    this.#now = written.map(({ index }) => index);
    return this.write({
      answers: written.flatMap(({ now }) => ('kept' in now ? [now] : [])),
      parked: written.flatMap(({ now }) => ('parked' in now ? [now.parked] : [])),
      last,
    });
  }

  committed(said: readonly unknown[]): void {
    for (const { index, kept } of said as Decided[]) {
      this.#given[index] = { kept, repeated: false };
      this.onAnswer(kept);
    }
    for (const index of this.#now) this.#written[index] = true;
  }
}
