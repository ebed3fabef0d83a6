import { asComputed } from './as-computed.js';

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054;

/** Shares before and after among the same firms, their difference and its 95 % interval; all between -1 and 1. */
export interface PairedDifference {
  readonly n: number;
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Difference of two paired proportions with its 95 % interval.
 * @param gained firms that said no before and yes after
 * @param lost firms that said yes before and no after
 * @param z of another interval than that of 95 %
 * @returns undefined where no firm answered both
 */
export function pairedDifference(
  n: number,
  before: number,
  after: number,
  gained: number,
  lost: number,
  z = Z,
): PairedDifference | undefined {
  if (n === 0) return undefined;
  const { low, high } = pairedInterval(gained / n, lost / n, n, z);
  return {
    n,
    before: asComputed(before / n),
    after: asComputed(after / n),
    difference: asComputed((after - before) / n),
    low: asComputed(low),
    high: asComputed(high),
  };
}

/**
 * The adjusted Wald interval of Bonett and Price (2012), which holds for small samples: one pair of each kind of change is
 * added, and two to the size.
 * Source: D. G. Bonett, R. M. Price, Adjusted Wald confidence interval for a difference of binomial proportions based on
 * paired data, Journal of Educational and Behavioral Statistics 37(4), 2012.
 * @param gained the share that said no before and yes after, of 1
 * @param lost the share that said yes before and no after
 * @param n how many pairs; of weighted shares, how many they are worth; infinite where nothing is left open
 */
export function pairedInterval(
  gained: number,
  lost: number,
  n: number,
  z: number,
): { readonly low: number; readonly high: number } {
  const [p, q] = [(gained + 1 / n) / (1 + 2 / n), (lost + 1 / n) / (1 + 2 / n)];
  const half = z * Math.sqrt((p + q - (p - q) ** 2) / (n + 2));
  return { low: Math.max(-1, p - q - half), high: Math.min(1, p - q + half) };
}
