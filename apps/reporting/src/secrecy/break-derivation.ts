import type { Derivations, Sum } from './derivations.js';
import type { Masking } from './masking.js';
import { inverse, PRIMES, times } from './modular.js';

/** Breaks derivations one after the other, each by the told numbers that are lost the cheapest. */
export class Breaker {
  readonly #bondsOf = new Map<number, Sum[]>();
  readonly #used = new Set<Sum>();
  readonly masked = new Set<number>();

  constructor(
    readonly masking: Masking,
    readonly derivations: Derivations,
  ) {
    for (const bond of derivations.bonds)
      for (const place of bond.keys()) {
        const bonds = this.#bondsOf.get(place);
        if (bonds) bonds.push(bond);
        else this.#bondsOf.set(place, [bond]);
      }
  }

  /** Masks what hides a number again; false where no way was found. A derivation that is broken already needs nothing. */
  break(place: number): boolean {
    const derivation = this.derivations.of.get(place);
    if (!derivation) return false;
    if ([...derivation.keys()].some((one) => this.masked.has(one))) return true;
    let [best, least] = [undefined as readonly number[] | undefined, Number.POSITIVE_INFINITY];
    for (const one of derivation.keys()) {
      const way = this.#wayBy(one, derivation);
      const cost = way?.reduce((sum, each) => sum + this.#cost(each), 0) ?? Number.POSITIVE_INFINITY;
      if (cost < least) [best, least] = [way, cost];
    }
    for (const one of best ?? []) {
      for (const bond of this.#bondsOf.get(one) ?? []) this.#used.add(bond);
      this.masked.add(one);
      this.masking.mask(one);
    }
    return best !== undefined;
  }

  /** A told number that is in no bond goes alone; each bond of it needs another of its numbers, which is in no other bond. */
  #wayBy(one: number, derivation: Sum): readonly number[] | undefined {
    const [prime] = PRIMES;
    let change = derivation.get(one) as number;
    const way = [one];
    for (const bond of this.#bondsOf.get(one) ?? []) {
      if (this.#used.has(bond)) return undefined;
      const other = this.#cheapest(bond, one);
      if (other === undefined) return undefined;
      const factor = times(prime - (bond.get(one) as number), inverse(bond.get(other) as number, prime), prime);
      change = (change + times(factor, derivation.get(other) ?? 0, prime)) % prime;
      way.push(other);
    }
    return change === 0 ? undefined : way;
  }

  #cheapest(bond: Sum, but: number): number | undefined {
    let [best, least] = [undefined as number | undefined, Number.POSITIVE_INFINITY];
    for (const place of bond.keys()) {
      if (place === but || this.#bondsOf.get(place)?.length !== 1) continue;
      if (this.#cost(place) < least) [best, least] = [place, this.#cost(place)];
    }
    return best;
  }

  #cost(place: number): number {
    return this.masking.system.variables[place]?.cost ?? 0;
  }
}
