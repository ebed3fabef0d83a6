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
 * Difference of two paired proportions with the adjusted Wald interval of Bonett and Price (2012), which holds for small
 * samples: one pair of each kind of change is added, and two to the size.
 * Source: D. G. Bonett, R. M. Price, Adjusted Wald confidence interval for a difference of binomial proportions based on
 * paired data, Journal of Educational and Behavioral Statistics 37(4), 2012.
 * @param gained firms that said no before and yes after
 * @param lost firms that said yes before and no after
 * @returns undefined where no firm answered both
 */
export function pairedDifference(
  n: number,
  before: number,
  after: number,
  gained: number,
  lost: number,
): PairedDifference | undefined {
  if (n === 0) return undefined;
  const [p, q] = [(gained + 1) / (n + 2), (lost + 1) / (n + 2)];
  const half = Z * Math.sqrt((p + q - (p - q) ** 2) / (n + 2));
  const round = (x: number) => Math.round(x * 10_000) / 10_000;
  return {
    n,
    before: round(before / n),
    after: round(after / n),
    difference: round((after - before) / n),
    low: round(Math.max(-1, p - q - half)),
    high: round(Math.min(1, p - q + half)),
  };
}
