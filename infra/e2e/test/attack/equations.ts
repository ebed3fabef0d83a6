import type { Cell, Stat } from '../../../../apps/reporting/src/cube/cell.js';
import { type At, groupingOf, keyOf } from './told.js';

/** A sum of numbers, each with its factor. */
export interface Equation {
  readonly terms: ReadonlyMap<string, number>;
  readonly sum: number;
}

/** One number as it is, whoever may know it. */
export interface True extends Stat {
  readonly at: At;
  readonly measure: string;
}

/** What everybody knows of a programme beside its figures. */
export interface Known {
  /** By dimension that follows from the action (carrier, wave): of each value its actions. */
  readonly actionsOf: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** What figures say of each other: a total is the sum of its parts, and of a rest that has a name of its own. */
  readonly sums: readonly { readonly measure: string; readonly total: string; readonly parts: readonly string[] }[];
  /** Dimensions of what happened, not of who it happened to: one firm may stand in several values. */
  readonly ofFacts: ReadonlySet<string>;
}

/** Every number of tables that is something: a measure of a cell, and the firms behind it where it does not count firms. */
export function trueNumbers(
  tables: ReadonlyMap<string, readonly Cell[]>,
  countsFirms: (measure: string) => boolean,
): Map<string, True> {
  const numbers = new Map<string, True>();
  for (const { at, of } of [...tables.values()].flat())
    for (const [measure, stat] of of) {
      if (stat.value === 0 && stat.firms === 0) continue;
      numbers.set(keyOf(at, measure), { ...stat, at, measure });
      if (countsFirms(measure) || measure.startsWith('~')) continue;
      const firms = { value: stat.firms, firms: stat.firms, largest: 1 };
      if (stat.firms > 0) numbers.set(keyOf(at, `${measure}#firms`), { ...firms, at, measure: `${measure}#firms` });
    }
  return numbers;
}

/** All sums that hold between numbers. Who asks is taken to know what is nothing: that no firm is without a size, say. */
export function equationsOf(numbers: ReadonlyMap<string, True>, known: Known): Equation[] {
  const cells = new Map<string, Map<string, At[]>>();
  for (const { at, measure } of numbers.values()) {
    const byGrouping = cells.get(measure) ?? new Map<string, At[]>();
    cells.set(measure, byGrouping);
    const grouping = groupingOf(at);
    byGrouping.set(grouping, [...(byGrouping.get(grouping) ?? []), at]);
  }
  const equations: Equation[] = [];
  const say = (total: string, parts: readonly string[]) => {
    const terms = new Map<string, number>();
    for (const [key, factor] of [[total, -1] as const, ...parts.map((part) => [part, 1] as const)])
      if (numbers.has(key)) terms.set(key, (terms.get(key) ?? 0) + factor);
    if (terms.size > 1) equations.push({ terms, sum: 0 });
  };
  for (const [measure, byGrouping] of cells)
    for (const [grouping, ats] of byGrouping)
      for (const dimension of grouping === '' ? [] : grouping.split('+')) {
        const rest = grouping.split('+').filter((other) => other !== dimension);
        const isApart = !(measure.endsWith('#firms') && known.ofFacts.has(dimension));
        const actions = known.actionsOf.get(dimension);
        const keys = (of: readonly At[]) => of.map((at) => keyOf(at, measure));
        // One firm is of several carriers: they sum to nothing.
        if (dimension !== 'carrier' && isApart) {
          const lines = linesOf(ats, rest);
          for (const above of byGrouping.get(rest.join('+')) ?? [])
            say(keyOf(above, measure), keys(lines.get(lineOf(above, rest)) ?? []));
        }
        const below = byGrouping.get([...new Set([...rest, 'action'])].sort().join('+'));
        if (!actions || !below) continue;
        const lines = linesOf(below, rest);
        for (const at of ats) {
          const of = new Set(actions.get(at[dimension] ?? ''));
          if (at[dimension] !== '')
            say(
              keyOf(at, measure),
              keys((lines.get(lineOf(at, rest)) ?? []).filter(({ action = '' }) => of.has(action))),
            );
        }
      }
  for (const { measure, total, parts } of known.sums)
    for (const at of [...(cells.get(total)?.values() ?? [])].flat()) {
      // Parts of figures are in tables of one dimension.
      if (Object.keys(at).length > 1 && [total, ...parts].some((name) => name.includes(':'))) continue;
      const all = [...parts, measure].map((part) => keyOf(at, part));
      const numberOf = (key: string) => numbers.get(key)?.value ?? 0;
      if (all.reduce((left, key) => left - numberOf(key), numberOf(keyOf(at, total))) !== 0)
        throw new Error(`${keyOf(at, total)} is not the sum of ${parts.join(', ')} and a rest`);
      const isOfFacts = Object.keys(at).some((dimension) => known.ofFacts.has(dimension));
      if (isOfFacts && numberOf(keyOf(at, measure)) < 0) continue;
      say(keyOf(at, total), all);
    }
  return equations;
}

function linesOf(ats: readonly At[], dimensions: readonly string[]): ReadonlyMap<string, readonly At[]> {
  const lines = new Map<string, At[]>();
  for (const at of ats) {
    const key = lineOf(at, dimensions);
    lines.set(key, [...(lines.get(key) ?? []), at]);
  }
  return lines;
}

const lineOf = (at: At, dimensions: readonly string[]): string => JSON.stringify(dimensions.map((d) => at[d] ?? ''));
