import { own } from '@gpect/domain-values/records';
import { isTold, RECODED, type Recoding, recoded } from './recoding.js';
import type { Cell, RowClass, RowRule, Slice, SliceRecord } from './slice.js';

/**
 * The classes of firms that are alike under a recoding, and what is told of each. Of a class of too few firms, nothing. Of any
 * other, as many rows as a multiple of `alike`: how many firms there are exactly is not told, as in tables. In each column,
 * rare values are left out, and the whole column where one value makes nearly all of it: else everybody would know it of every
 * firm of the class.
 * @param rank an order of firms that nobody else can tell: by it rows are chosen and ordered
 */
export function alike(
  { records }: Pick<Slice, 'records'>,
  recoding: Recoding,
  rule: RowRule,
  rank: (firm: string) => string,
): RowClass[] {
  const classes = new Map<string, { at: RowClass['at']; records: SliceRecord[] }>();
  for (const record of records) {
    const at = recodedAt(record.at, recoding);
    const key = keyOf(at);
    const known = classes.get(key);
    if (known) known.records.push(record);
    else classes.set(key, { at, records: [record] });
  }
  return [...classes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { at, records: of }]) => ({ at, records: of, rows: rowsOf(of, rule, rank) }));
}

export function recodedAt(at: SliceRecord['at'], recoding: Recoding): RowClass['at'] {
  return Object.fromEntries(
    RECODED.filter((dimension) => isTold(recoding, dimension)).map((dimension) => [
      dimension,
      recoded(recoding, dimension, own(at, dimension) ?? ''),
    ]),
  );
}

/** What a class is known by in its slice. */
export const keyOf = (at: RowClass['at']): string => JSON.stringify(Object.entries(at).sort());

function rowsOf(records: readonly SliceRecord[], rule: RowRule, rank: (firm: string) => string): Cell[][] {
  const told = Math.floor(records.length / rule.alike) * rule.alike;
  if (told === 0) return [];
  const ranked = records.map((record) => [rank(record.firm), record] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = ranked.slice(0, told).map(([, { cells }]) => [...cells]);
  const columns = rows[0]?.length ?? 0;
  for (let column = 0; column < columns; column++) leaveOut(rows, column, rule);
  return rows;
}

/** Leaves out of a column what would say too much of the firms of a class. */
function leaveOut(rows: Cell[][], column: number, { leastFirms, largestShare }: RowRule): void {
  const counts = new Map<Cell, number>();
  for (const row of rows) counts.set(row[column] ?? null, (counts.get(row[column] ?? null) ?? 0) + 1);
  const rarest = [...counts].sort(([a, m], [b, n]) => m - n || (String(a) < String(b) ? -1 : 1));
  const out = new Set<Cell>([null]);
  let left = counts.get(null) ?? 0;
  // What is left out is of enough firms itself: else it would be known by what is not.
  for (const [value, count] of rarest)
    if (value !== null && (count < leastFirms || (left > 0 && left < leastFirms))) {
      out.add(value);
      left += count;
    }
  const isNearlyAll = [...counts].some(([value, count]) => !out.has(value) && count > largestShare * rows.length);
  for (const row of rows) if (isNearlyAll || left === rows.length || out.has(row[column] ?? null)) row[column] = null;
}

/** Of all cells of all records, the share that is told. */
export function shareTold(classes: readonly RowClass[]): number {
  const cells = classes.flatMap(({ records }) => records.map((record) => record.cells.filter((cell) => cell !== null)));
  const all = cells.reduce((sum, of) => sum + of.length, 0);
  const told = classes.flatMap(({ rows }) => rows.map((row) => row.filter((cell) => cell !== null)));
  return all === 0 ? 0 : told.reduce((sum, of) => sum + of.length, 0) / all;
}
