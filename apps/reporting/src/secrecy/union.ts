import type { Stat } from '../cube/cell.js';
import { isNothing, type Rule, saysTooMuch, type Variable } from './variable.js';

/** What stands behind several numbers together, told as little as is sure. */
export function unionOf(stats: readonly Stat[], disjoint: boolean): Stat {
  let [value, firmsSum, firmsMost, largestSum, largestMost] = [0, 0, 0, 0, 0];
  for (const stat of stats) {
    value += stat.value;
    firmsSum += stat.firms;
    firmsMost = Math.max(firmsMost, stat.firms);
    largestSum += stat.largest;
    largestMost = Math.max(largestMost, stat.largest);
  }
  return { value, firms: disjoint ? firmsSum : firmsMost, largest: disjoint ? largestMost : largestSum };
}

/** Whether the sum of numbers that a reader does not know, which he does know, is itself a secret. */
export function sumSaysTooMuch(members: readonly Variable[], disjoint: boolean, rule: Rule): boolean {
  const isAmount = members.some((member) => member.isAmount);
  return saysTooMuch(unionOf(members, disjoint), isAmount, rule);
}

/**
 * Whether the same sum of an earlier release gives a secret by its difference. `others` are the members of the relation
 * that the reader knows: where he did not know one of them then, he has no such sum of then.
 */
export function changeSaysTooMuch(
  members: readonly Variable[],
  others: readonly Variable[],
  disjoint: boolean,
  rule: Rule,
): boolean {
  const releases = new Set(members.flatMap(({ changes = [] }) => changes.map(({ since }) => since)));
  for (const release of releases) {
    const changeOf = ({ changes = [] }: Variable) => changes.find(({ since }) => since === release);
    if (others.some((other) => changeOf(other)?.unknown)) continue;
    const union = unionOf(
      members.flatMap((member) => changeOf(member) ?? []),
      disjoint,
    );
    const isAmount = members.some((member) => member.isAmount);
    if (!isNothing(union) && saysTooMuch(union, isAmount, rule)) return true;
  }
  return false;
}
