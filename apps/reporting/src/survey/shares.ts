import type { EstimatedValue } from '../statistics/estimate.js';
import { normalQuantile } from '../statistics/normal.js';
import type { ChangeAsked } from './changes.js';
import { effectiveSize, largestWeight, type Placed, postStrata, weightedMean } from './post-strata.js';

/**
 * The share of a population, weighted by strata, with the interval of Wilson (1927) for as many answers as they are worth.
 * @param of whether a firm is; undefined where it did not answer
 * @returns undefined where too few answered
 */
export function weightedShare<F extends Placed>(
  population: readonly F[],
  of: (firm: F) => boolean | undefined,
  { confidence, drawnFor }: Pick<ChangeAsked<F>, 'confidence' | 'drawnFor'>,
): { readonly n: number; readonly groups: readonly number[]; readonly share: EstimatedValue } | undefined {
  const strata = postStrata(population, (firm) => of(firm) !== undefined, drawnFor);
  if (strata.length === 0) return undefined;
  const is = (firm: F) => (of(firm) ? 1 : 0);
  const share = weightedMean(strata, is);
  const ofOneFirm = largestWeight(strata);
  const said = population.flatMap((firm) => of(firm) ?? []);
  const yes = said.filter(Boolean).length;
  return {
    n: said.length,
    groups: [said.length, yes, said.length - yes],
    share: {
      value: share,
      ofOneFirm,
      ...wilson(share, effectiveSize(strata, is), normalQuantile((1 + confidence) / 2)),
    },
  };
}

/** @param n infinite where nothing is left open */
function wilson(share: number, n: number, z: number): { readonly low: number; readonly high: number } {
  const added = z ** 2 / n;
  const centre = (share + added / 2) / (1 + added);
  const half = Math.sqrt(share * (1 - share) * added + added ** 2 / 4) / (1 + added);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
