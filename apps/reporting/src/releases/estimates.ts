import type { DisclosureRule } from '@gpect/domain-values/disclosure';
import { ESTIMATES } from '../estimates/registry.js';
import { asCounted, type IsMasked, type ToldEstimate, toldEstimate } from '../secrecy/told-estimate.js';
import type { Estimated } from '../statistics/estimate.js';
import { firmsBetween, joined, marksOf } from './marks.js';

/** An estimate of a release, and marks of what firms said for it: the next release is held against them. */
export interface KeptEstimate {
  readonly estimate: string;
  readonly told: ToldEstimate;
  /** Marks of eight bytes, one a firm, in their order, in base 64; from them nobody knows a firm or what it said. */
  readonly behind: string;
}

export interface EstimatesAsked {
  /** By id. */
  readonly estimated: ReadonlyMap<string, Estimated>;
  readonly before?: { readonly date: string; readonly kept: readonly KeptEstimate[] } | undefined;
  readonly rule: DisclosureRule;
  /** Whether the tables of the release mask a number. */
  readonly isMasked: IsMasked;
  /** Of this installation, which nobody else knows. */
  readonly key: string;
}

/**
 * What a release tells of estimates. One that rests on what it rested on before, but for few firms, stays as it was told: what
 * it would differ by would be what they said. Pure.
 */
export function releasedEstimates({ estimated, before, rule, isMasked, key }: EstimatesAsked): KeptEstimate[] {
  const earlier = new Map(before?.kept.map((one) => [one.estimate, one]));
  return ESTIMATES.flatMap((estimate) => {
    const now = estimated.get(estimate.id);
    if (!now) return [];
    const counted = (told: ToldEstimate) => asCounted(estimate, now, told, isMasked);
    const marks = marksOf(estimate.id, now.behind, key);
    const then = earlier.get(estimate.id);
    if (before && then && firmsBetween(then.behind, marks) < rule.leastFirms)
      return [{ ...then, told: counted({ ...then.told, of: then.told.of ?? before.date }) }];
    return [{ estimate: estimate.id, told: counted(toldEstimate(estimate, now, rule)), behind: joined(marks) }];
  });
}
