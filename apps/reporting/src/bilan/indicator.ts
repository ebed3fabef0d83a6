import type { components } from '@gpect/contracts/generated/api-reporting';
import { type Figure, type NotComparable, sourcesOf } from '../figures/figure.js';
import type { Estimate } from '../statistics/estimate.js';

/** What a figure or an estimate is called, and means. */
export const saidOf = ({ id, group, labelFr, labelEn, definitionFr, definitionEn, formula }: Figure | Estimate) => ({
  id,
  group,
  labelFr,
  labelEn,
  definitionFr,
  definitionEn,
  formula,
});

/** A figure as it is documented (GET /indicators). */
export function indicatorOf(figure: Figure): components['schemas']['Indicator'] {
  const { unit, countsBy, notComparable } = figure;
  return {
    ...saidOf(figure),
    unit,
    countsBy,
    sources: sourcesOf(figure),
    ...(notComparable ? { notComparable: notComparableOf(notComparable) } : {}),
  };
}

/** An estimate as it is documented there. */
export function estimateIndicatorOf(estimate: Estimate): components['schemas']['EstimateIndicator'] {
  const { notComparable } = estimate;
  return {
    ...saidOf(estimate),
    ...(notComparable ? { notComparable: notComparableOf(notComparable) } : {}),
  };
}

export const notComparableOf = ({ across, reasonFr, reasonEn }: NotComparable) => ({
  across: [...across],
  reasonFr,
  reasonEn,
});
