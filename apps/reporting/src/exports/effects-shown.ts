import type { Effect } from '@gpect/drawings/effects';
import type { Bilan } from '../bilan/shape.js';

/** Of one question, what a reader is shown: shares, their difference and its two intervals, as parts of 1. */
export interface EffectShown extends Omit<Effect, 'label'> {
  readonly question: string;
  /** Of an interval that holds together with those of all questions. */
  readonly together: { readonly low: number | null; readonly high: number | null };
}

/**
 * What the survey says of each question: the weighted estimate wherever there is one, so that no document has two numbers for one
 * thing; of a release of before there was, its unweighted shares.
 */
export function effectsShown({ survey, estimates }: Bilan): {
  readonly weighted: boolean;
  readonly effects: EffectShown[];
} {
  const parts = estimates.find(({ id }) => id === 'surveyEffects')?.parts ?? [];
  if (parts.length === 0)
    return {
      weighted: false,
      effects: survey.effects.map(({ together, ...effect }) => ({
        ...effect,
        together: { low: ofOne(together.low), high: ofOne(together.high) },
      })),
    };
  return {
    weighted: true,
    effects: parts.map(({ key, n, values }) => {
      const [before, after, difference, together] = ['before', 'after', 'difference', 'together'].map((name) =>
        values.find((value) => value.name === name),
      );
      return {
        question: key,
        n,
        before: before?.value ?? null,
        after: after?.value ?? null,
        difference: difference?.value ?? null,
        low: difference?.low ?? null,
        high: difference?.high ?? null,
        together: { low: together?.low ?? null, high: together?.high ?? null },
      };
    }),
  };
}

const ofOne = (inPoints: number | null): number | null => (inPoints === null ? null : inPoints / 100);
