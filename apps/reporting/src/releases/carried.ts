import type { Cell, Stat } from '../cube/cell.js';
import { isSecretFree } from '../figures/registry.js';
import { variableId } from '../secrecy/grouping.js';
import type { Carried } from '../secrecy/lattice-inputs.js';
import type { ToldNumber } from '../secrecy/told.js';
import { isNothing, type Rule, saysTooMuch } from '../secrecy/variable.js';
import type { ReleasedCell } from './release.js';

type TablesOf<C> = ReadonlyMap<string, readonly C[]>;

/** The release before: what was told in it, of which day each number is, and what has changed since each of these days. */
export interface Before {
  readonly date: string;
  readonly tables: TablesOf<ReleasedCell>;
  readonly changesSince: ReadonlyMap<string, TablesOf<Cell>>;
}

/** The day of which a number is. */
export const dayOf = (told: ToldNumber, date: string): string => told?.[2] ?? date;

/**
 * What stays as it was told: what has not changed since, and what has changed by too few firms, whose part would be the
 * difference; that is told again when more have changed. What was masked stays so until then, too.
 */
export function carriedOf(before: Before, rule: Rule, isAmount: (measure: string) => boolean): Map<string, Carried> {
  const changes = new Map([...before.changesSince].map(([day, tables]) => [day, statsOf(tables)]));
  const carried = new Map<string, Carried>();
  for (const [grouping, cells] of before.tables)
    for (const { at, of } of cells)
      for (const [measure, told] of of) {
        if (measure.startsWith('~') || isSecretFree(measure)) continue;
        const id = variableId(grouping, at, measure);
        const day = dayOf(told, before.date);
        const change = changes.get(day)?.get(id) ?? NOTHING;
        const isSame = isNothing(change);
        if (isSame || saysTooMuch(change, isAmount(measure), rule))
          carried.set(id, { told: told && [told[0], told[1], day], isSame });
      }
  return carried;
}

const NOTHING: Stat = { value: 0, firms: 0, largest: 0 };

function statsOf(tables: TablesOf<Cell>): Map<string, Stat> {
  const stats = new Map<string, Stat>();
  for (const [grouping, cells] of tables)
    for (const { at, of } of cells)
      for (const [measure, stat] of of) stats.set(variableId(grouping, at, measure), stat);
  return stats;
}

/** The days of which some number of tables is. */
export function daysIn(tables: TablesOf<ReleasedCell>, date: string): Set<string> {
  const days = new Set<string>([date]);
  for (const cells of tables.values())
    for (const { of } of cells) for (const [, told] of of) if (told) days.add(dayOf(told, date));
  return days;
}
