import { own } from '@gpect/domain-values/records';
import type { BoundPart } from './bind-table.js';
import { type Row, type Table, textOf } from './table.js';

const NUMERIC = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}/;

/**
 * The first day that is month first, where the days of a column are so by the file's own evidence: one that is impossible
 * day first, and none that is impossible month first. Where the first lines tell nothing (a file sorted by day begins with
 * the same day many times), the lines are looked at until one tells.
 */
export async function monthFirstDay(
  table: Table,
  parts: readonly BoundPart[],
  field: string,
): Promise<{ line: number; value: string } | undefined> {
  for (const part of parts) {
    if (part.part.head.every((row) => orderOf(row, part, field) === undefined)) continue;
    const first = await firstMonthFirst(table, part, field);
    if (first) return first;
  }
  return undefined;
}

async function firstMonthFirst(
  table: Table,
  part: BoundPart,
  field: string,
): Promise<{ line: number; value: string } | undefined> {
  let first: { line: number; value: string } | undefined;
  for await (const rows of table.rows(part.at))
    for (const row of rows) {
      const order = orderOf(row, part, field);
      // One slip among days that are day first is that line's own fault.
      if (order === 'day') return undefined;
      if (order === 'month') first ??= { line: row.line, value: textOf(row.cells[own(part.binding.at, field) ?? 0]) };
    }
  return first;
}

/** Which of its numbers only can be the day; `either` where both can, nothing where the cell is no such day. */
function orderOf({ line, cells }: Row, { binding }: BoundPart, field: string): 'day' | 'month' | 'either' | undefined {
  const cell = cells[own(binding.at, field) ?? -1];
  if (line <= binding.until || typeof cell !== 'string') return undefined;
  const [, a = '', b = ''] = NUMERIC.exec(textOf(cell)) ?? [];
  const [first, second] = [Number(a), Number(b)];
  if (a === '' || first > 31 || second > 31) return undefined;
  if (first > 12) return second > 12 ? undefined : 'day';
  return second > 12 ? 'month' : 'either';
}
