import { Circuits } from './circuits.js';
import type { Derivations } from './derivations.js';
import type { Masking } from './masking.js';

/**
 * Masks, for each derivation, the cheapest told numbers that hide what it gives, and each other, and
 * gives them; a derivation that is broken by what was masked for others needs few or none.
 */
export function breakDerivations(masking: Masking, { of, bonds }: Derivations): readonly number[] {
  const costOf = (place: number) => masking.system.variables[place]?.cost ?? 0;
  const derivations = of.flatMap((sum) => sum ?? []);
  const circuits = Circuits.of(bonds, derivations, costOf);
  if (!circuits) return [];
  const masked = new Set<number>();
  for (const index of derivations.keys()) {
    let [best, least] = [undefined as readonly number[] | undefined, Number.POSITIVE_INFINITY];
    for (const circuit of circuits.changing(index)) {
      const cost = circuit.reduce((sum, one) => sum + (masked.has(one) ? 0 : costOf(one)), 0);
      if (cost < least) [best, least] = [circuit, cost];
    }
    for (const one of best ?? []) {
      masked.add(one);
      masking.mask(one);
    }
  }
  return [...masked];
}
