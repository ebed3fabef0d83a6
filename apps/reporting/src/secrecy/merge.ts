import type { Change, Relation, Variable } from './variable.js';
import { isNothing } from './variable.js';

/** Of each variable, the one that stands for it: those that always have the same number are one. */
export type Merged = ReadonlyMap<string, Variable>;

/**
 * Finds what is the same number told in several places: the total and the only part of a relation (an action of one basin
 * is the same by action and by action and basin). Such are masked together or not at all.
 */
export function mergeEqual(variables: ReadonlyMap<string, Variable>, relations: readonly Relation[]): Merged {
  const there = relations
    .map(({ total, parts }) => [total, ...parts].filter((id) => !isNothing(variables.get(id) as Variable)))
    .filter((ids) => ids.length > 1);
  const equal = there.filter((ids) => ids.length === 2);
  // Where two of one sum were the same, the sum would not be one of different numbers any more: these are left alone.
  const alone = new Set<string>();
  for (;;) {
    const groups = groupsOf(equal.filter((ids) => !ids.some((id) => alone.has(id))));
    const twice = there.filter((ids) => ids.length > 2).flatMap((ids) => repeated(ids, groups));
    if (twice.length === 0) return representatives(variables, groups);
    for (const id of twice) alone.add(id);
  }
}

function groupsOf(pairs: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [one = '', other = ''] of pairs) {
    const [first, second] = [groups.get(one) ?? [one], groups.get(other) ?? [other]];
    if (first === second) continue;
    const [large, small] = first.length < second.length ? [second, first] : [first, second];
    large.push(...small);
    for (const id of small) groups.set(id, large);
    for (const id of [one, other]) groups.set(id, large);
  }
  return groups;
}

function repeated(ids: readonly string[], groups: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set<readonly string[]>();
  return ids.filter((id) => {
    const group = groups.get(id);
    if (!group) return false;
    if (seen.has(group)) return true;
    seen.add(group);
    return false;
  });
}

function representatives(
  variables: ReadonlyMap<string, Variable>,
  groups: ReadonlyMap<string, readonly string[]>,
): Merged {
  const merged = new Map(variables);
  for (const group of new Set(groups.values())) {
    const one = asOne(group.map((id) => variables.get(id) as Variable));
    for (const id of group) merged.set(id, one);
  }
  return merged;
}

/** The strictest of what is said of one number. */
function asOne(same: readonly Variable[]): Variable {
  const told = same.filter((variable) => variable.told);
  const first = [...same].sort((a, b) => (a.id < b.id ? -1 : 1))[0] as Variable;
  const changes = changesOf(same);
  return {
    id: first.id,
    value: first.value,
    firms: Math.min(...same.map(({ firms }) => firms)),
    largest: Math.max(...same.map(({ largest }) => largest)),
    isAmount: same.some(({ isAmount }) => isAmount),
    told: told.length > 0,
    cost: told.reduce((sum, { cost }) => sum + cost, 0),
    stays: same.some(({ stays }) => stays),
    ...(changes.length > 0 ? { changes } : {}),
  };
}

/** It was known then where it was in one of its places. */
function changesOf(same: readonly Variable[]): Change[] {
  const releases = [...new Set(same.flatMap(({ changes = [] }) => changes.map(({ since }) => since)))].sort();
  return releases.flatMap((since) => {
    const all = same.map(({ changes = [] }) => changes.find((change) => change.since === since));
    const known = all.filter((change) => !change?.unknown);
    if (known.length === 0) return all[0] ?? [];
    return known.filter((change) => change !== undefined);
  });
}
