import { largestOf, meanOf, sumOf, varianceOf } from './moments.js';
import { studentT } from './student.js';

/** Amounts of one firm before and after. */
export interface Pair {
  readonly before: number;
  readonly after: number;
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** The most that one pair makes of the value. */
  readonly ofOneFirm: number;
  /** The share of the largest in the sum of all, without signs. */
  readonly largestShare: number;
}

/** The mean of paired differences, with Student's interval; of two pairs at least. */
export function meanDifference(pairs: readonly Pair[], confidence: number): Interval {
  const differences = pairs.map(({ before, after }) => after - before);
  const value = meanOf(differences);
  const half = studentT(confidence, pairs.length - 1) * Math.sqrt(varianceOf(differences) / pairs.length);
  const largest = largestOf(differences);
  const sum = sumOf(differences.map(Math.abs));
  return {
    value,
    low: value - half,
    high: value + half,
    ofOneFirm: largest / pairs.length,
    largestShare: sum === 0 ? 0 : largest / sum,
  };
}

/** A ratio of two means of the same firms, and what is known of its logarithm. */
export interface LogRatio {
  readonly ratio: number;
  /** Of the ratio's logarithm. */
  readonly variance: number;
  readonly degrees: number;
}

/**
 * What all spend together after, by what they spend before: a ratio of totals, linearised (Cochran, Sampling Techniques, 3rd
 * ed. 1977, chapter 6). The logarithm of a ratio of amounts is nearer to symmetric than the ratio.
 * @returns undefined where nothing was spent before or after
 */
export function ratioOf(pairs: readonly Pair[]): LogRatio | undefined {
  const n = pairs.length;
  const before = sumOf(pairs.map((pair) => pair.before));
  const after = sumOf(pairs.map((pair) => pair.after));
  if (n < 2 || before <= 0 || after <= 0) return undefined;
  const ratio = after / before;
  const left = pairs.map((pair) => (pair.after - ratio * pair.before) / after);
  return { ratio, variance: n * varianceOf(left), degrees: n - 1 };
}

/** A relative change (0.15 is + 15 %) and its interval, from a ratio. */
export function changeOf({ ratio, variance, degrees }: LogRatio, confidence: number) {
  const half = studentT(confidence, degrees) * Math.sqrt(variance);
  return { value: ratio - 1, low: ratio * Math.exp(-half) - 1, high: ratio * Math.exp(half) - 1 };
}
