/** Numbers from a seed, the same everywhere (mulberry32). */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  chance(part: number): boolean {
    return this.next() < part;
  }
  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    return items.map(() => left.splice(this.below(left.length), 1)[0] as T);
  }
}

/** What a line of the table must become. */
export type Outcome = 'taken' | 'total' | readonly string[];

export interface Meant {
  readonly reference: string;
  readonly siret: string;
  readonly paidOn: string;
  readonly cents: number;
  /** `taken`, `total`, or one of the codes for which it is refused. */
  readonly outcome: Outcome;
  /** It may be refused as well for being called as a total is, or for a day that its neighbours make doubtful. */
  readonly mayDoubt?: true;
}
