import { inverse, PRIMES, times } from './modular.js';
import type { Sum } from './sum.js';

/** Entries that may be touched before it is given up. */
const MOST_STEPS = 30_000_000;

/**
 * Told numbers that change together while all that is told of others stays right, the smallest such sets: the dearest of
 * each is no sum of cheaper ones, and goes with the cheapest that make up for it (a heaviest edge and the lightest tree).
 */
export class Circuits {
  readonly #rows: Map<number, number>[];
  readonly #holders = new Map<number, Set<number>>();
  /** The told number that each bond gives from others. */
  readonly #given = new Map<number, number>();
  readonly #bonds: number;

  private constructor(bonds: readonly Sum[], derivations: readonly Sum[]) {
    this.#rows = [...bonds, ...derivations].map((sum) => new Map(sum));
    this.#bonds = bonds.length;
    for (const [r, row] of this.#rows.entries())
      for (const place of row.keys()) {
        const held = this.#holders.get(place);
        if (held) held.add(r);
        else this.#holders.set(place, new Set([r]));
      }
  }

  /** Undefined where there is too much to reckon. */
  static of(
    bonds: readonly Sum[],
    derivations: readonly Sum[],
    costOf: (place: number) => number,
  ): Circuits | undefined {
    const circuits = new Circuits(bonds, derivations);
    const places = [...new Set(bonds.flatMap((bond) => [...bond.keys()]))];
    places.sort((a, b) => costOf(a) - costOf(b) || a - b);
    let steps = 0;
    for (const place of places) {
      steps += circuits.#give(place);
      if (steps > MOST_STEPS) return undefined;
    }
    return circuits;
  }

  /** The sets that would change what a derivation gives, each by itself. */
  *changing(derivation: number): Generator<readonly number[]> {
    for (const place of this.#rows[this.#bonds + derivation]?.keys() ?? [])
      yield [place, ...[...(this.#holders.get(place) ?? [])].flatMap((r) => this.#given.get(r) ?? [])];
  }

  /** Solves the shortest bond that is open for a number, and puts it in everywhere else. */
  #give(place: number): number {
    const [prime] = PRIMES;
    let shortest: number | undefined;
    for (const r of this.#holders.get(place) ?? [])
      if (r < this.#bonds && !this.#given.has(r) && this.#sizeOf(r) < this.#sizeOf(shortest)) shortest = r;
    if (shortest === undefined) return 0;
    this.#given.set(shortest, place);
    const row = this.#rows[shortest] as Map<number, number>;
    const scale = inverse(row.get(place) as number, prime);
    let steps = 0;
    for (const r of [...(this.#holders.get(place) ?? [])]) {
      if (r === shortest) continue;
      const target = this.#rows[r] as Map<number, number>;
      const factor = times(target.get(place) as number, scale, prime);
      for (const [other, value] of row) {
        const after = ((target.get(other) ?? 0) + prime - times(value, factor, prime)) % prime;
        if (after === 0) {
          target.delete(other);
          this.#holders.get(other)?.delete(r);
        } else {
          target.set(other, after);
          this.#holders.get(other)?.add(r);
        }
      }
      steps += row.size;
    }
    return steps;
  }

  #sizeOf(r: number | undefined): number {
    return r === undefined ? Number.POSITIVE_INFINITY : (this.#rows[r]?.size ?? 0);
  }
}
