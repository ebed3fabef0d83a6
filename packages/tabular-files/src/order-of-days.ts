import { type CalendarDate, readDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import type { BoundPart } from './bind-table.js';
import type { Binding } from './headings.js';
import { OrderOfColumn, type OrderSaid } from './order-said.js';
import { type Cell, type Row, type Table, textOf } from './table.js';

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

/** All that the days of a column tell, looked at to the end of the file. */
export interface DaysSeen {
  readonly orders: OrderOfDays;
  /** The first text that is a day in one order alone, beside sheets' own days that all may have been exchanged for others. */
  readonly converted?: DayEvidence;
  /** The first text that begins with its year and is a day only where the day comes second: `2012-25-03`. */
  readonly yearDay?: Omit<DayEvidence, 'order'>;
  /** The first of its texts that are days in one order alone, where all of these write zeros and those of two meanings none. */
  readonly otherForm?: Omit<DayEvidence, 'order'>;
  /** The one order of its years of two digits, where some of these days can be read in that order alone and none in another. */
  readonly shortYears?: DayOrder;
  /** What headings, notes and names of sheets say of the order, where some of its texts are days in several. */
  readonly said?: readonly OrderSaid[];
}

const NUMERIC = /^(\d{1,2})([/.\- \u00a0\u202f])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;

/**
 * Looks at every line of a column: a file that is sorted by day begins with the same day many times, and one that was put
 * together from two has the other order at its end.
 * @param look sees each line as well, so that a file is read through once
 */
export async function daysSeen<B extends Binding>(
  table: Table,
  parts: readonly BoundPart<B>[],
  field: string,
  today: CalendarDate,
  look?: (row: Row, part: BoundPart<B>) => void,
): Promise<DaysSeen> {
  const column = new ColumnOfDays(today);
  const order = new OrderOfColumn();
  for (const part of parts) {
    const at = own(part.binding.at, field) ?? -1;
    const ownLine = (line: number) => line - part.part.before;
    order.seeNote(part.part.name ?? '', ownLine(part.binding.line));
    for await (const rows of table.rows(part.at))
      for (const row of rows) {
        const cell = row.cells[at];
        if (!mayBeDay(cell)) order.seeLine(row.cells, at, ownLine(row.line));
        if (row.line <= part.binding.until) continue;
        column.see(cell, row.line);
        look?.(row, part);
      }
  }
  for (const [at, { head, before }] of table.parts.entries()) {
    if (parts.some((part) => part.at === at)) continue;
    for (const { cells, line } of head) order.seeLine(cells, -1, line - before);
  }
  return column.hasTwoMeanings ? { ...column.seen, said: order.said } : column.seen;
}

/** Whether it begins as a day does, so that it says nothing in words; nearly every cell of a column of days does. */
function mayBeDay(cell: Cell | undefined): boolean {
  if (typeof cell !== 'string') return cell !== undefined;
  const first = cell.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}

/** What is said of the order of days that may be read in several, where it is not the one that is expected. */
export function saidOtherwise(
  { said = [] }: DaysSeen,
  expected: 'day-first' | 'month-first' | undefined,
): (OrderSaid & { readonly order: 'day-first' | 'month-first' }) | undefined {
  for (const { order, ...of } of said)
    if (expected && order !== expected && order !== 'year-day') return { ...of, order };
  return undefined;
}

class ColumnOfDays {
  readonly #orders = new Map<DayOrder, DayEvidence & { count: number }>();
  #yearDay: Omit<DayEvidence, 'order'> | undefined;
  readonly #known = new Map<string, DayOrder | undefined>();
  readonly #ofShortYears = new Set<DayOrder>();
  /** Texts that are days in several orders: no spreadsheet left them as text. */
  #eitherWay = false;
  readonly #forms = new FormsOfDays();
  /** A sheet's own day behind the 12th, which was exchanged with no month. */
  #sure = false;
  #exchangeable = false;

  constructor(private readonly today: CalendarDate) {}

  see(cell: Cell | undefined, line: number): void {
    if (typeof cell === 'object' && 'date' in cell) this.#seeDate(cell.date);
    if (typeof cell !== 'string' || cell === '') return;
    const text = textOf(cell);
    const value = NUMERIC.exec(text)?.[0];
    if (value === undefined) {
      if (!this.#yearDay && isYearDay(text)) this.#yearDay = { line, value: text.slice(0, 10) };
      return;
    }
    let order = this.#known.get(value);
    if (order === undefined && !this.#known.has(value)) {
      order = onlyOrderOf(value, this.today);
      if (this.#known.size < 10_000) this.#known.set(value, order);
    }
    if (order === undefined) {
      const eitherWay = hasTwoMeanings(value, this.today);
      this.#eitherWay ||= eitherWay;
      if (eitherWay) this.#forms.seeEitherWay(value);
      return;
    }
    this.#forms.seeSure(value, line);
    if (SHORT_YEAR.test(value)) this.#ofShortYears.add(order);
    const before = this.#orders.get(order);
    if (before) before.count++;
    else this.#orders.set(order, { order, line, value, count: 1 });
  }

  #seeDate(date: string): void {
    if (Number(date.slice(8, 10)) > 12) this.#sure = true;
    else this.#exchangeable ||= mayBeExchanged(date);
  }

  get hasTwoMeanings(): boolean {
    return this.#eitherWay;
  }

  get seen(): DaysSeen {
    const [first] = [...this.#orders.values()].filter(({ order }) => order !== 'year-first');
    const [shortYears] = this.#orders.size === 1 ? this.#ofShortYears : [];
    const converted = first && this.#exchangeable && !this.#sure && !this.#eitherWay;
    return {
      orders: Object.fromEntries(this.#orders),
      ...(converted ? { converted: first } : {}),
      ...(this.#yearDay ? { yearDay: this.#yearDay } : {}),
      ...(shortYears ? { shortYears } : {}),
      ...(this.#forms.differ ? { otherForm: this.#forms.differ } : {}),
    };
  }
}

/**
 * Whether days of two meanings were written by another program than the others: an American spreadsheet that opens days of
 * another country takes those for its own that it can, writes them without zeros, and leaves the others as they were.
 */
class FormsOfDays {
  #sure: { readonly line: number; readonly value: string } | undefined;
  #sureWithZero = 0;
  #eitherWithout = 0;
  #mixed = false;

  seeSure(value: string, line: number): void {
    this.#mixed ||= WITHOUT_ZERO.test(value);
    if (!WITH_ZERO.test(value)) return;
    this.#sureWithZero++;
    this.#sure ??= { line, value };
  }

  seeEitherWay(value: string): void {
    this.#mixed ||= WITH_ZERO.test(value);
    if (WITHOUT_ZERO.test(value)) this.#eitherWithout++;
  }

  /** One of each kind may be a hand's own habit. */
  get differ(): { readonly line: number; readonly value: string } | undefined {
    return !this.#mixed && this.#sureWithZero > 1 && this.#eitherWithout > 1 ? this.#sure : undefined;
  }
}

const WITH_ZERO = /^(?:0\d\D|\d{1,2}\D0\d\D)/;
const WITHOUT_ZERO = /^(?:\d\D|\d{1,2}\D\d\D)/;

const SHORT_YEAR = /(?<!\d)\d{2}$/;
const YEAR_FIRST = /^\d{4}[-/. \u00a0\u202f](\d{2})[-/. \u00a0\u202f](\d{2})(?!\d)/;

function isYearDay(text: string): boolean {
  const [, second = 0, third = 0] = (YEAR_FIRST.exec(text) ?? []).map(Number);
  return second > 12 && second <= 31 && third >= 1 && third <= 12;
}

/** Whether a day that begins with its year is another one where its day comes second. */
export function mayBeYearDay(text: string): boolean {
  const [, second = 0, third = 0] = (YEAR_FIRST.exec(text) ?? []).map(Number);
  return second >= 1 && second <= 12 && third >= 1 && third <= 12 && second !== third;
}

/** Whether a sheet's own day is another one where its month and its day are exchanged. */
export function mayBeExchanged(date: string): boolean {
  const [month, day] = [date.slice(5, 7), date.slice(8, 10)];
  return Number(day) <= 12 && day !== month;
}

/** Whether three numbers are different days in some of these orders. */
export function hasTwoMeanings(text: string, today: CalendarDate, among?: OrderOfDays): boolean {
  const value = NUMERIC.exec(text)?.[0];
  if (value === undefined) return false;
  const days = [...daysIn(value, today)].filter(([order]) => !among || own(among, order) !== undefined);
  return new Set(days.map(([, day]) => day)).size > 1;
}

/** The one order in which three numbers are a day, of a year that has come; undefined where there are several, or none. */
function onlyOrderOf(value: string, today: CalendarDate): DayOrder | undefined {
  const [only, ...others] = daysIn(value, today).keys();
  return others.length === 0 ? only : undefined;
}

function daysIn(value: string, today: CalendarDate): Map<DayOrder, CalendarDate> {
  const [, first = '', , second = '', third = ''] = NUMERIC.exec(value) ?? [];
  const days = new Map<DayOrder, CalendarDate>();
  const put = (order: DayOrder, day: string) => {
    const read = readDate(day, 'french');
    if (read.ok && (third.length === 4 || read.value.slice(0, 4) <= today.slice(0, 4))) days.set(order, read.value);
  };
  put('day-first', `${first}/${second}/${third}`);
  put('month-first', `${second}/${first}/${third}`);
  if (third.length === 2 && first.length === 2) put('year-first', `${third}/${second}/${first}`);
  return days;
}

/** The first day that contradicts the order that is expected, and whether the column has days of both. */
export function contradiction(
  seen: OrderOfDays,
  expected: 'day-first' | 'month-first',
): (DayEvidence & { readonly mixedWith?: DayEvidence }) | undefined {
  const right = seen[expected];
  const others = Object.values(seen).filter(({ order }) => order !== expected);
  const [first, second] = others.sort((a, b) => a.line - b.line);
  if (!first) return undefined;
  const other = right ?? second;
  return other ? { ...first, mixedWith: other } : first;
}
