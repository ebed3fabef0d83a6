import type { EstimateTold } from './asking.js';
import type { Interval, Intervals } from './intervals.js';
import { keyOf, type Secret } from './told.js';

/** What holds between the counts of an estimate, and between them and a figure of the whole programme. */
const SUMS: readonly { readonly total: string; readonly parts: readonly string[] }[] = [
  { total: 'n', parts: ['rose', 'fell', 'stayed'] },
  { total: '=accompanied', parts: ['n', 'waiting', 'notCovered', 'withoutLine'] },
];
/** Of which the second holds: those that are about all accompanied firms. */
const OF_ACCOMPANIED = new Set(['spendChange', 'spendChangeReal']);
/** As many firms as a secret is of at most. */
const FEW = 2;

const countsOf = ({ n, counts }: EstimateTold): Map<string, number | null> =>
  new Map([['n', n], ...counts.map(({ name, count }) => [name, count] as const)]);

/**
 * The numbers of firms that estimates of the whole programme tell, rounded each for itself, as one system with what they sum to.
 * @param is the same estimates as they are
 * @returns those of one firm or two: nobody may know them
 */
export function addEstimates(
  intervals: Intervals,
  told: readonly EstimateTold[],
  is: readonly EstimateTold[],
): Secret[] {
  const truths = new Map(is.map((estimate) => [estimate.id, countsOf(estimate)]));
  return told.flatMap((estimate) => {
    const counts = countsOf(estimate);
    const truth = truths.get(estimate.id) ?? new Map<string, number | null>();
    const name = (count: string) => (count.startsWith('=') ? keyOf({}, count.slice(1)) : `${estimate.id} ${count}`);
    // Where one is masked, all others are told to ten.
    const base = estimate.n !== null && [...counts.values()].includes(null) ? 10 : 5;
    for (const [count, said] of counts) intervals.add(name(count), knownOf(said, base), true);
    for (const { total, parts } of SUMS) {
      if (total.startsWith('=') && !OF_ACCOMPANIED.has(estimate.id)) continue;
      if (![total, ...parts].every((count) => count.startsWith('=') || counts.has(count))) continue;
      intervals.relate({
        terms: new Map([[name(total), -1], ...parts.map((part) => [name(part), 1] as const)]),
        sum: 0,
      });
    }
    return [...truth].flatMap(([count, value]) =>
      value !== null && value > 0 && value <= FEW && counts.has(count)
        ? [{ name: name(count), value, isAmount: false }]
        : [],
    );
  });
}

/** To the nearest multiple; the smallest is told for all that is less, and nothing as nothing. */
function knownOf(said: number | null, base: number): Interval {
  if (said === null) return { low: 0, high: Number.POSITIVE_INFINITY };
  if (said === 0) return { low: 0, high: 0 };
  return { low: said === base ? 1 : said - base / 2, high: said + base / 2 };
}
