import { largestOf, sumOf } from './moments.js';
import { changeOf, meanDifference, type Pair, ratioOf } from './paired.js';
import { studentT, together } from './student.js';

/** A firm that is compared with, and how much it weighs; all weights make 1. */
export type Weighted = Pair & { readonly weight: number };

/**
 * The change of some firms against that of others, which weigh as the first are composed: the ratio of both changes, and the
 * difference of both mean differences. Both groups are independent; variances are of linearised ratios and of weighted means
 * (with residuals from the group's own mean, whatever the strata: rather too wide than too narrow), intervals Student's with
 * the degrees of freedom of Welch and Satterthwaite, of as many compared firms as equal weights would need (Kish 1965).
 * @returns undefined of fewer than two firms in a group, and where a group spends nothing before or after
 */
export function changeAgainst(pairs: readonly Pair[], others: readonly Weighted[], confidence: number) {
  const first = ratioOf(pairs);
  const worth = 1 / sumOf(others.map(({ weight }) => weight ** 2));
  const weightedSum = (of: (other: Weighted) => number) => sumOf(others.map((other) => other.weight * of(other)));
  const [before, after] = [weightedSum((o) => o.before), weightedSum((o) => o.after)];
  if (!first || others.length < 2 || worth <= 1 || before <= 0 || after <= 0) return undefined;
  const varianceOfMean = (of: (other: Weighted) => number) => {
    const mean = weightedSum(of);
    return {
      variance: (sumOf(others.map((other) => (other.weight * (of(other) - mean)) ** 2)) * worth) / (worth - 1),
      degrees: worth - 1,
    };
  };
  const second = { ratio: after / before, ...varianceOfMean((o) => o.after / after - o.before / before) };
  const both = { ratio: first.ratio / second.ratio, ...together([first, second]) };
  const own = meanDifference(pairs, confidence);
  const ownVariance = ((own.high - own.value) / studentT(confidence, pairs.length - 1)) ** 2;
  const differences = { value: weightedSum((o) => o.after - o.before), ...varianceOfMean((o) => o.after - o.before) };
  const spread = together([{ variance: ownVariance, degrees: pairs.length - 1 }, differences]);
  const half = studentT(confidence, spread.degrees) * Math.sqrt(spread.variance);
  const value = own.value - differences.value;
  const [ofAccompanied, ofCompared] = [
    shareOfOne(pairs.map((pair) => ({ ...pair, weight: 1 / pairs.length }))),
    shareOfOne(others),
  ];
  const most = (ratio: number, largestShare: number) => ({ ofOneFirm: ratio * largestShare, largestShare });
  return {
    effect: { ...changeOf(both, confidence), ...most(both.ratio, Math.max(ofAccompanied, ofCompared)) },
    accompanied: { ...changeOf(first, confidence), ...most(first.ratio, ofAccompanied) },
    compared: { ...changeOf(second, confidence), ...most(second.ratio, ofCompared) },
    difference: {
      value,
      low: value - half,
      high: value + half,
      ofOneFirm: Math.max(own.ofOneFirm, largestOf(others.map((o) => o.weight * (o.after - o.before)))),
      largestShare: Math.max(own.largestShare, ofCompared),
    },
  };
}

/** The largest share that one firm has in what a group spends before, or after. */
function shareOfOne(firms: readonly Weighted[]): number {
  const share = (of: (firm: Weighted) => number) => {
    const amounts = firms.map((firm) => firm.weight * Math.abs(of(firm)));
    return largestOf(amounts) / sumOf(amounts);
  };
  return Math.max(
    share((firm) => firm.before),
    share((firm) => firm.after),
  );
}
