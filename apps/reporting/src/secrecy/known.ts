import { measureOf } from './grouping.js';
import type { Interval } from './intervals.js';
import { baseOf, leftOpen, rounded } from './rounding.js';
import type { Rule, Variable } from './variable.js';

/** How a number is told: as it is, rounded, or not at all. */
export type Manner =
  | { readonly how: 'exact' }
  | { readonly how: 'rounded'; readonly base: number }
  | { readonly how: 'masked' }
  /** As in a release before, since which it has changed by few firms. */
  | { readonly how: 'carried' };

export const MASKED: Manner = { how: 'masked' };
export const EXACT: Manner = { how: 'exact' };
export const CARRIED: Manner = { how: 'carried' };
export const roundedBy = (variable: Variable): Manner => ({
  how: 'rounded',
  base: baseOf(variable, variable.isAmount),
});

/** A number that must not be known lies in an interval of at least this share of it. */
const LEAST_WIDTH = 0.2;
/** What is left open of a secret, of what has to be at least: several sums together may say a little more than each of them. */
export const MARGIN = 2;

/** What of some measures is less than nothing somewhere (credits, what is left of a year), and may be so anywhere. */
export function signedAmong(variables: readonly Variable[]): ReadonlySet<string> {
  return new Set(variables.filter(({ value }) => value < 0).map(({ id }) => measureOf(id)));
}

/** What a reader knows of a number by the manner in which it is told, and nothing else. */
export function knownByItself(variable: Variable, manner: Manner, rule: Rule, isSigned: boolean): Interval {
  const { value, firms, isAmount, told } = variable;
  if (manner.how === 'exact') return { low: value, high: value };
  const lowest = isSigned ? Number.NEGATIVE_INFINITY : 0;
  // What is masked may be of few firms, hide a number of few, or be nothing.
  // Most masked counts of firms are masked since they are of few: readers may take each for one.
  if (manner.how === 'masked' && told && !isAmount && value === firms && firms < rule.leastFirms)
    return { low: 0, high: rule.leastFirms - 1 };
  if (manner.how === 'masked' || manner.how === 'carried') return { low: lowest, high: Number.POSITIVE_INFINITY };
  const [low, high] = leftOpen(rounded(value, manner.base), manner.base);
  // What is told rests on enough firms: a count is so many at least.
  const least = isAmount ? lowest : Math.min(value, rule.leastFirms);
  return { low: Math.max(low, least), high };
}

/**
 * Whether a reader who knows so much of a secret knows it: to one value, or to a tenth of it on either side.
 * @param margin so many times as much has to be open
 */
export function isPinned({ value }: Variable, { low, high }: Interval, margin = 1): boolean {
  return high - low < margin * Math.max(1, LEAST_WIDTH * Math.abs(value));
}
