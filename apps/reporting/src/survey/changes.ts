import type { EstimatedValue } from '../statistics/estimate.js';
import { normalQuantile } from '../statistics/normal.js';
import { pairedInterval } from '../statistics/paired-interval.js';
import { effectiveSize, largestWeight, type Placed, postStrata, weightedMean } from './post-strata.js';

/** Whether a firm said yes before and after. */
export interface YesBoth {
  readonly before: boolean;
  readonly after: boolean;
}

/** How the population changed, judged by those who answered. */
export interface WeightedChange {
  readonly n: number;
  /** Answers of each kind, before and after: nothing is told where one kind is of few. */
  readonly groups: readonly number[];
  readonly before: EstimatedValue;
  readonly after: EstimatedValue;
  readonly difference: EstimatedValue;
  /** The same with an interval that holds together with those of all questions. */
  readonly together: EstimatedValue;
}

export interface ChangeAsked<F> {
  readonly confidence: number;
  /**
   * How many are judged beside each other: `together` holds for all of them (Bonferroni: as wide as if each might be wrong in one
   * case of `questions` times as many, whatever ties there are between answers of the same firms).
   */
  readonly questions: number;
  /** For how many firms of its cell one stands that was drawn. */
  readonly drawnFor: (firm: F) => number;
}

/**
 * Shares of yes in a population before and after, weighted by strata, and their difference with its interval.
 * @param of what a firm said; undefined where it did not answer both times
 * @returns undefined where too few answered
 */
export function weightedChange<F extends Placed>(
  population: readonly F[],
  of: (firm: F) => YesBoth | undefined,
  { confidence, questions, drawnFor }: ChangeAsked<F>,
): WeightedChange | undefined {
  const strata = postStrata(population, (firm) => of(firm) !== undefined, drawnFor);
  if (strata.length === 0) return undefined;
  const share = (is: (said: YesBoth) => boolean) =>
    weightedMean(strata, (firm) => {
      const said = of(firm);
      return said && is(said) ? 1 : 0;
    });
  const [before, after] = [share((said) => said.before), share((said) => said.after)];
  const [gained, lost] = [share((s) => !s.before && s.after), share((s) => s.before && !s.after)];
  const size = effectiveSize(strata, (firm) => {
    const said = of(firm);
    return said ? Number(said.after) - Number(said.before) : 0;
  });
  const ofOneFirm = largestWeight(strata);
  const difference = (z: number) => ({ value: after - before, ofOneFirm, ...pairedInterval(gained, lost, size, z) });
  const said = population.flatMap((firm) => of(firm) ?? []);
  const [yesBefore, yesAfter] = [said.filter((s) => s.before).length, said.filter((s) => s.after).length];
  return {
    n: said.length,
    groups: [said.length, yesBefore, yesAfter, said.length - yesBefore, said.length - yesAfter],
    before: { value: before, ofOneFirm },
    after: { value: after, ofOneFirm },
    difference: difference(normalQuantile((1 + confidence) / 2)),
    together: difference(normalQuantile(1 - (1 - confidence) / (2 * Math.max(1, questions)))),
  };
}
