import jstat from 'jstat';
import type { EstimatedValue } from './estimate.js';

/** The middle value, or the mean of both. */
export function medianOf(values: readonly number[]): number {
  const inOrder = [...values].sort((a, b) => a - b);
  const middle = inOrder.length / 2;
  const [a, b] = Number.isInteger(middle) ? [middle - 1, middle] : [Math.floor(middle), Math.floor(middle)];
  return ((inOrder[a] as number) + (inOrder[b] as number)) / 2;
}

/**
 * The interval of a median between two of the values in their order, whatever they are distributed like: the tightest
 * symmetric pair that holds the median in so many of samples (binomial, exact).
 * @returns undefined of too few values (less than six at 95 %)
 */
export function medianInterval(values: readonly number[], confidence: number): readonly [number, number] | undefined {
  const n = values.length;
  const inOrder = [...values].sort((a, b) => a - b);
  // Of n signs, so few or fewer are of one kind with half of what may be missed.
  let logTerm = -n * Math.LN2;
  let below = Math.exp(logTerm);
  let few = -1;
  for (let k = 0; below <= (1 - confidence) / 2; k++) {
    few = k;
    logTerm += Math.log(n - k) - Math.log(k + 1);
    below += Math.exp(logTerm);
  }
  if (few < 0) return undefined;
  return [inOrder[few] as number, inOrder[n - 1 - few] as number];
}

/**
 * Between which parts of all, in their order, the middle lies as so many answers say: the exact interval of a share of one half
 * (Clopper and Pearson 1934), by which the interval of a median is found where answers weigh differently (Woodruff 1952; with a
 * number of answers that they are worth, Korn and Graubard 1998). Of equal weights these are the ranks of `medianInterval`.
 * @param worth how many independent answers they are worth; infinite where nothing is left open
 * @returns undefined of too few (less than six at 95 %)
 */
export function middleOfAll(worth: number, confidence: number): readonly [number, number] | undefined {
  if (!Number.isFinite(worth)) return [0.5, 0.5];
  const missed = (1 - confidence) / 2;
  // All of so many on one side of the middle.
  if (0.5 ** worth > missed) return undefined;
  const low = jstat.jStat.beta.inv(missed, worth / 2, worth / 2 + 1);
  return [low, 1 - low];
}

/** A median, its interval where there are enough values, and how far it or its ends may move by one of them. */
export function medianValue(values: readonly number[], confidence: number): EstimatedValue {
  return ofSingleFirms(values, medianOf(values), medianInterval(values, confidence));
}

/** What single values say of an order, a middle and its ends: how far each may move by one of them. */
export function ofSingleFirms(
  values: readonly number[],
  value: number,
  ends: readonly [number, number] | undefined,
): EstimatedValue {
  const inOrder = [...values].sort((a, b) => a - b);
  const gaps = [value, ...(ends ?? [])].map((at) => {
    const below = inOrder.findLast((other) => other < at) ?? at;
    const above = inOrder.find((other) => other > at) ?? at;
    return Math.max(at - below, above - at);
  });
  return {
    value,
    ...(ends ? { low: ends[0], high: ends[1] } : {}),
    ofOneFirm: Math.max(...gaps),
    isOfSingleFirms: true,
  };
}
