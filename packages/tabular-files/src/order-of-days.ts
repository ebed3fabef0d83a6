import { type CalendarDate, readDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import type { BoundPart } from './bind-table.js';
import { type Row, type Table, textOf } from './table.js';

/** In which order a column writes the three numbers of its days. */
export type DayOrder = 'day-first' | 'month-first' | 'year-first';

/** A day that can be read in one order alone. */
export interface DayEvidence {
  readonly order: DayOrder;
  readonly line: number;
  readonly value: string;
}

/** What the days of a column tell of their order: how many can be read in one order alone, and the first of each. */
export type OrderOfDays = Readonly<Partial<Record<DayOrder, DayEvidence & { readonly count: number }>>>;

const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
/** Days of one order after which a column is taken to be in it, where no other was seen. */
const ENOUGH = 200;
/** Lines after which a column without any day in numbers is taken to have none (a sheet keeps its days as such). */
const WITHOUT_ANY = 5000;

/**
 * Looks at the lines of a column until it is sure: a file that is sorted by day begins with the same day many times, and
 * sheets hold days of their own kind among those that nobody could read as such.
 */
export async function orderOfDays(
  table: Table,
  parts: readonly BoundPart[],
  field: string,
  today: CalendarDate,
): Promise<OrderOfDays> {
  const seen = new Map<DayOrder, DayEvidence & { count: number }>();
  for (const part of parts) await lookThrough(table, part, field, today, seen);
  return Object.fromEntries(seen);
}

async function lookThrough(
  table: Table,
  part: BoundPart,
  field: string,
  today: CalendarDate,
  seen: Map<DayOrder, DayEvidence & { count: number }>,
): Promise<void> {
  const at = own(part.binding.at, field) ?? -1;
  const known = new Map<string, DayOrder | undefined>();
  let lines = 0;
  for await (const rows of table.rows(part.at)) {
    for (const row of rows) {
      const value = numericDay(row, part, at);
      if (value === undefined) continue;
      const order = known.has(value) ? known.get(value) : onlyOrderOf(value, today);
      if (known.size < 10_000) known.set(value, order);
      if (order === undefined) continue;
      const before = seen.get(order);
      if (before) before.count++;
      else seen.set(order, { order, line: row.line, value, count: 1 });
    }
    lines += rows.length;
    if (lines > WITHOUT_ANY && known.size === 0) return;
    if (seen.size === 1 && [...seen.values()].every(({ count }) => count >= ENOUGH)) return;
  }
}

function numericDay({ line, cells }: Row, { binding }: BoundPart, at: number): string | undefined {
  const cell = cells[at];
  if (line <= binding.until || typeof cell !== 'string') return undefined;
  return NUMERIC.exec(textOf(cell))?.[0];
}

/** The one order in which three numbers are a day, of a year that has come; undefined where there are several, or none. */
function onlyOrderOf(value: string, today: CalendarDate): DayOrder | undefined {
  const [, first = '', , second = '', third = ''] = NUMERIC.exec(value) ?? [];
  const isDay = (day: string) => {
    const read = readDate(day, 'french');
    return read.ok && (third.length === 4 || read.value.slice(0, 4) <= today.slice(0, 4));
  };
  const orders: DayOrder[] = [];
  if (isDay(`${first}/${second}/${third}`)) orders.push('day-first');
  if (isDay(`${second}/${first}/${third}`)) orders.push('month-first');
  if (third.length === 2 && first.length === 2 && isDay(`${third}/${second}/${first}`)) orders.push('year-first');
  return orders.length === 1 ? orders[0] : undefined;
}

/** Days in other orders than the rest, up to so many of a hundred, are slips of the pen, each its own line's fault. */
const SLIPS_OF_HUNDRED = 5;

/** The first day that contradicts the order that is expected, and whether the column has days of both. */
export function contradiction(
  seen: OrderOfDays,
  expected: 'day-first' | 'month-first',
): (DayEvidence & { readonly mixedWith?: DayEvidence }) | undefined {
  const right = seen[expected];
  const others = Object.values(seen).filter(({ order }) => order !== expected);
  const [first, second] = others.sort((a, b) => a.line - b.line);
  if (!first) return undefined;
  const count = others.reduce((sum, other) => sum + other.count, 0);
  if (right && count * 100 <= right.count * SLIPS_OF_HUNDRED) return undefined;
  const other = right ?? second;
  return other ? { ...first, mixedWith: other } : first;
}
