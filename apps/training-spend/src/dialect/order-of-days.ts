import { said } from '@gpect/tabular-files/messages';
import { type Row, type Table, textOf } from '@gpect/tabular-files/table';
import type { BindingFault } from './bind-columns.js';
import type { BoundPart, BoundTable } from './bind-table.js';
import type { Dialect } from './dialect.js';
import { TABLE_FAULTS } from './file-messages.js';

const NUMERIC = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}/;

/**
 * Whether the days of a file are month first by its own evidence, though its dialect reads them day first: one that is
 * impossible day first, and none that is impossible month first. Where the first lines tell nothing (a file sorted by day
 * begins with the same day many times), the lines are looked at until one tells.
 */
export async function monthFirstDays(
  table: Table,
  { parts }: BoundTable,
  { dates }: Dialect,
): Promise<BindingFault | undefined> {
  if (!dates.includes('french')) return undefined;
  for (const part of parts) {
    if (part.part.head.every((row) => orderOf(row, part) === undefined)) continue;
    const first = await firstMonthFirst(table, part);
    if (first) return { code: 'dates_differ', said: said(TABLE_FAULTS.dates_differ, first), elsewhere: false };
  }
  return undefined;
}

async function firstMonthFirst(table: Table, part: BoundPart): Promise<{ line: number; value: string } | undefined> {
  let first: { line: number; value: string } | undefined;
  for await (const rows of table.rows(part.at))
    for (const row of rows) {
      const order = orderOf(row, part);
      // One slip among days that are day first is that line's own fault.
      if (order === 'day') return undefined;
      if (order === 'month') first ??= { line: row.line, value: textOf(row.cells[part.binding.at.paidOn ?? 0]) };
    }
  return first;
}

/** Which of its numbers only can be the day; `either` where both can, nothing where the cell is no such day. */
function orderOf({ line, cells }: Row, { binding }: BoundPart): 'day' | 'month' | 'either' | undefined {
  const cell = cells[binding.at.paidOn ?? 0];
  if (line <= binding.until || typeof cell !== 'string') return undefined;
  const [, a = '', b = ''] = NUMERIC.exec(textOf(cell)) ?? [];
  const [first, second] = [Number(a), Number(b)];
  if (a === '' || first > 31 || second > 31) return undefined;
  if (first > 12) return second > 12 ? undefined : 'day';
  return second > 12 ? 'month' : 'either';
}
