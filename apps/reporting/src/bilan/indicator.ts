import type { components } from '@gpect/contracts/generated/api-reporting';
import { type Figure, sourcesOf } from '../figures/figure.js';

/** A figure as it is documented (GET /indicators). */
export function indicatorOf(figure: Figure): components['schemas']['Indicator'] {
  const { id, group, labelFr, labelEn, definitionFr, definitionEn, formula, unit, countsBy } = figure;
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
  };
}
