import { own } from '@gpect/domain-values/records';
import type { ToldEstimate } from '../secrecy/told-estimate.js';
import { CONFIDENCE, type Estimate } from '../statistics/estimate.js';
import { saidOf } from './indicator.js';
import type { Bilan } from './shape.js';

type Shown = Bilan['estimates'][number];
type ShownPart = Pick<Shown, 'n' | 'counts' | 'values'>;

/** An estimate as it is answered: what it is, and what is told of it. */
export function estimateOf(estimate: Estimate, told: ToldEstimate): Shown {
  const { assumptionsFr, assumptionsEn } = estimate;
  const { incomplete, parts, of } = told;
  return {
    ...saidOf(estimate),
    assumptionsFr: [...assumptionsFr],
    assumptionsEn: [...assumptionsEn],
    status: incomplete ? 'INCOMPLETE' : 'COMPLETE',
    ...incomplete,
    ...partOf(estimate, told),
    confidence: CONFIDENCE,
    ...(parts
      ? {
          parts: parts.map((part) => ({
            key: part.key,
            labelFr: part.labelFr,
            labelEn: part.labelEn,
            ...partOf(estimate, part),
          })),
        }
      : {}),
    ...(of ? { of } : {}),
  };
}

/** What it has of the estimate's numbers; of what nothing at all is told, each of them without a value. */
function partOf({ counts, values }: Estimate, told: Pick<ToldEstimate, 'n' | 'counts' | 'values'>): ShownPart {
  const isUntold = told.n === null && Object.keys({ ...told.counts, ...told.values }).length === 0;
  return {
    n: told.n,
    counts: Object.entries(counts)
      .filter(([name]) => isUntold || Object.hasOwn(told.counts, name))
      .map(([name, label]) => ({
        name,
        labelFr: label.labelFr,
        labelEn: label.labelEn,
        count: own(told.counts, name) ?? null,
      })),
    values: Object.entries(values)
      .filter(([name]) => isUntold || Object.hasOwn(told.values, name))
      .map(([name, { labelFr, labelEn, unit }]) => {
        const { value = null, low = null, high = null } = own(told.values, name) ?? {};
        return { name, labelFr, labelEn, unit, value, low, high };
      }),
  };
}
