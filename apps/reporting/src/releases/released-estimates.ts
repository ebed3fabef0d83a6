import type mongoose from 'mongoose';
import { estimateOf } from '../bilan/estimates.js';
import type { Bilan } from '../bilan/shape.js';
import { allUntold, OF_THE_WHOLE } from '../bilan/untold-estimates.js';
import type { At } from '../dimensions/dimensions.js';
import { ESTIMATES } from '../estimates/registry.js';
import { estimatesOfRelease } from './store.js';

/** What a release tells of estimates: of the programme as a whole; none where it was made before there were any. */
export async function releasedEstimatesOf(
  connection: mongoose.Connection,
  release: string,
  at: At,
): Promise<Bilan['estimates']> {
  if (Object.keys(at).length > 0) return allUntold(OF_THE_WHOLE);
  const kept = new Map((await estimatesOfRelease(connection, release)).map(({ estimate, told }) => [estimate, told]));
  return ESTIMATES.flatMap((estimate) => {
    const told = kept.get(estimate.id);
    return told ? [estimateOf(estimate, told)] : [];
  });
}
