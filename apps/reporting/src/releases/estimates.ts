import { createHmac } from 'node:crypto';
import type { DisclosureRule } from '@gpect/domain-values/disclosure';
import type { Estimated } from '../estimates/estimate.js';
import { ESTIMATES } from '../estimates/registry.js';
import { type ToldEstimate, toldEstimate } from '../secrecy/told-estimate.js';

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
  /** Of this installation, which nobody else knows. */
  readonly key: string;
}

/**
 * What a release tells of estimates. One that rests on what it rested on before, but for few firms, stays as it was told: what
 * it would differ by would be what they said. Pure.
 */
export function releasedEstimates({ estimated, before, rule, key }: EstimatesAsked): KeptEstimate[] {
  const earlier = new Map(before?.kept.map((one) => [one.estimate, one]));
  return ESTIMATES.flatMap((estimate) => {
    const now = estimated.get(estimate.id);
    if (!now) return [];
    const marks = marksOf(estimate.id, now.behind, key);
    const then = earlier.get(estimate.id);
    if (before && then && firmsBetween(then.behind, marks) < rule.leastFirms)
      return [{ ...then, told: { ...then.told, of: then.told.of ?? before.date } }];
    return [{ estimate: estimate.id, told: toldEstimate(estimate, now, rule), behind: joined(marks) }];
  });
}

const BYTES = 8;

function marksOf(estimate: string, behind: Estimated['behind'], key: string): string[] {
  return [...behind]
    .map(([firm, said]) =>
      createHmac('sha256', key)
        .update(JSON.stringify([estimate, firm, said]))
        .digest()
        .subarray(0, BYTES)
        .toString('hex'),
    )
    .sort();
}

const joined = (marks: readonly string[]): string => Buffer.from(marks.join(''), 'hex').toString('base64');

function parted(behind: string): string[] {
  const hex = Buffer.from(behind, 'base64').toString('hex');
  return Array.from({ length: hex.length / (2 * BYTES) }, (_, i) => hex.slice(i * 2 * BYTES, (i + 1) * 2 * BYTES));
}

/** The fewest firms that can have changed between two sets of marks: one that changed takes its mark away and leaves another. */
function firmsBetween(behind: string, now: readonly string[]): number {
  const before = new Set(parted(behind));
  const after = new Set(now);
  const gone = [...before].filter((mark) => !after.has(mark)).length;
  const come = [...after].filter((mark) => !before.has(mark)).length;
  return Math.max(gone, come);
}
