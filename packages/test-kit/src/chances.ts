/** What a campaign of random inputs draws from: the same seed draws the same (mulberry32). */
export class Chances {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number below `n`. */
  readonly below = (n: number): number => Math.floor(this.next() * n);
  readonly maybe = (probability: number): boolean => this.next() < probability;
  readonly oneOf = <T>(values: readonly T[]): T => values[this.below(values.length)] as T;
  readonly noise = (most: number): Buffer =>
    Buffer.from(Array.from({ length: this.below(most) }, () => this.below(256)));
}
