import type { components } from '@gpect/contracts/generated/api-reporting';
import { type Figure, type NotComparable, sourcesOf } from '../figures/figure.js';
import type { Estimate } from '../statistics/estimate.js';

/** A figure as it is documented (GET /indicators). */
export function indicatorOf(figure: Figure): components['schemas']['Indicator'] {
  const { id, group, labelFr, labelEn, definitionFr, definitionEn, formula, unit, countsBy, notComparable } = figure;
  return {
    id,
    group,
    labelFr,
    labelEn,
    definitionFr,
    definitionEn,
    formula,
    unit,
    countsBy,
    sources: sourcesOf(figure),
    ...(notComparable ? { notComparable: notComparableOf(notComparable) } : {}),
  };
}

/** An estimate as it is documented there. */
export function estimateIndicatorOf(estimate: Estimate): components['schemas']['EstimateIndicator'] {
  const { id, group, labelFr, labelEn, definitionFr, definitionEn, formula, notComparable } = estimate;
  return {
    id,
    group,
    labelFr,
    labelEn,
    definitionFr,
    definitionEn,
    formula,
    ...(notComparable ? { notComparable: notComparableOf(notComparable) } : {}),
  };
}

export const notComparableOf = ({ across, reasonFr, reasonEn }: NotComparable) => ({
  across: [...across],
  reasonFr,
  reasonEn,
});
