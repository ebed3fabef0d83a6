import { estimateOf } from '../bilan/estimates.js';
import type { Bilan } from '../bilan/shape.js';
import { allUntold, BEING_READ, NOT_CUT, untold } from '../bilan/untold-estimates.js';
import { type At, DIMENSIONS } from '../dimensions/dimensions.js';
import { ESTIMATES } from '../estimates/registry.js';
import type { Documents } from '../programmes/documents.js';
import { wholeEstimate } from '../secrecy/told-estimate.js';
import type { Estimate, Estimated } from '../statistics/estimate.js';
import type { Instant } from './feed.js';
import { isCounted } from './keepers.js';

interface Asked {
  readonly programme: string;
  readonly at: At;
  readonly asOf?: string | undefined;
  readonly documents: Documents;
}

/** Every estimate of a programme, or of the firms of a scope, with all its numbers: for full sight. */
export async function liveEstimates(instant: Instant, asked: Asked): Promise<Bilan['estimates']> {
  if (DIMENSIONS.some(({ name, of }) => of === 'fact' && asked.at[name] !== undefined)) return allUntold(NOT_CUT);
  const known = ESTIMATES.filter((estimate) => isCounted(estimate, instant.notWhole));
  const estimated = await estimatedOf(instant, asked, known);
  return ESTIMATES.map((estimate) => {
    const of = estimated.get(estimate.id);
    return estimateOf(estimate, of ? wholeEstimate(estimate, of) : untold(BEING_READ));
  });
}

/** What estimates make of the firms of a programme, by id. */
export async function estimatedOf(
  { cube }: Pick<Instant, 'cube'>,
  { programme, at, asOf, documents }: Asked,
  estimates: readonly Estimate[] = ESTIMATES,
): Promise<Map<string, Estimated>> {
  if (estimates.length === 0) return new Map();
  const measures = [...new Set(estimates.flatMap(({ needs }) => needs))];
  const firms = await cube.firms({ programme, where: at, asOf, measures });
  // The same for all of them: what several of them work out of it is worked out once.
  const asked = { firms, asOf, documents };
  return new Map(estimates.map((estimate) => [estimate.id, estimate.of(asked)]));
}
