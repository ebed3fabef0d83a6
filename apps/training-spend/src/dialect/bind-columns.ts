import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { type BoundTable, bindTable } from '@gpect/tabular-files/bind-table';
import { type CellKind, kindsOfColumns } from '@gpect/tabular-files/column-kinds';
import {
  type Binding,
  type BindingFault,
  findHeadings,
  type NamedColumns,
  unitsBelow,
  unreadColumns,
  type WantedColumn,
} from '@gpect/tabular-files/headings';
import { type Params, said } from '@gpect/tabular-files/messages';
import { contradiction, type DayEvidence, daysSeen, type OrderOfDays } from '@gpect/tabular-files/order-of-days';
import { type Remark, remark } from '@gpect/tabular-files/remarks';
import { type Row, type Table, textOf } from '@gpect/tabular-files/table';
import type { Dialect, Field } from './dialect.js';
import { FILE_REMARKS, TABLE_FAULTS } from './file-messages.js';
import { otherThan, type Unit, unitNamed, unitNoted, withoutNote } from './unit-of.js';
import { FIELDS, isUsualName, meansTheSame } from './usual-names.js';

/** Where each field stands in the lines of one file, and what its first lines tell of how it is written. */
export interface SpendBinding extends Binding<Field> {
  /** Days of this file that may be others than they seem. */
  readonly doubts?: { readonly mixed?: OrderOfDays; readonly converted?: DayEvidence };
  readonly since1904?: true;
  /** What the cells of each column look like. */
  readonly kinds: readonly (CellKind | undefined)[];
}

export const REQUIRED: readonly Field[] = ['reference', 'siret', 'paidOn', 'scheme', 'amount'];

/** Binds every part of a file that has the dialect's columns. */
export function bindSpend(table: Table, dialect: Dialect): Result<BoundTable<SpendBinding>, BindingFault> {
  return bindTable(table, (head, { name, since1904 }) => {
    const binding = bindColumns(head, dialect, name);
    return binding.ok && since1904 ? ok({ ...binding.value, since1904 }) : binding;
  });
}

/**
 * What the days of a file tell by their own evidence: in another order than the dialect says they refuse it; of several orders
 * those with two meanings refuse their lines.
 */
export async function withDays(
  table: Table,
  bound: BoundTable<SpendBinding>,
  { dates }: Dialect,
  today: CalendarDate,
): Promise<Result<BoundTable<SpendBinding>, BindingFault>> {
  const expected = dates.includes('french') ? 'day-first' : dates.includes('american') ? 'month-first' : undefined;
  if (!expected && table.format === 'csv') return ok(bound);
  const { orders, converted } = await daysSeen(table, bound.parts, 'paidOn', today);
  const found = expected && contradiction(orders, expected);
  const isMixed = found !== undefined && orders[expected ?? 'day-first'] !== undefined;
  if (found && !isMixed) return fail(faultOfDays(found));
  const doubts = { ...(isMixed ? { mixed: orders } : {}), ...(converted ? { converted } : {}) };
  return ok({ ...bound, parts: bound.parts.map((part) => ({ ...part, binding: { ...part.binding, doubts } })) });
}

function faultOfDays({ line, value, order, mixedWith }: NonNullable<ReturnType<typeof contradiction>>): BindingFault {
  if (!mixedWith) return dayFault(DAYS_DIFFER[order], { line, value });
  return dayFault('dates_differ.mixed', { line, value, other: mixedWith.value, otherLine: mixedWith.line });
}

const DAYS_DIFFER = {
  'day-first': 'dates_differ.day',
  'month-first': 'dates_differ',
  'year-first': 'dates_differ.year',
} as const;

function dayFault(key: keyof typeof TABLE_FAULTS, params: Params): BindingFault {
  return { code: 'dates_differ', said: said(TABLE_FAULTS[key], params), elsewhere: false };
}

/**
 * Finds the headings among the first lines and the column of each field: by the dialect's own names first (case, accents
 * and punctuation do not count, nor does the order), then by a usual name, if one column alone bears one, which is told.
 * An amount is replaced by one that means the same alone.
 */
export function bindColumns(
  head: readonly Row[],
  dialect: Dialect,
  sheet?: string,
): Result<SpendBinding, BindingFault> {
  const named = findHeadings(head, wantedBy(dialect));
  if (named.twice) return fault('columns_ambiguous', { line: named.line, heading: named.twice });
  if (named.missing.length > 0) {
    const wanted = named.missing.map((field) => `${field} (${dialect.columns[field]?.join(' / ')})`).join(', ');
    const headings = named.headings.join(', ').slice(0, 500);
    return fault('columns_missing', { wanted, line: named.line, headings }, named.missing.length > 1);
  }
  return withEvidence(named, head, dialect, sheet);
}

function wantedBy({ columns, operations }: Dialect): WantedColumn<Field>[] {
  return FIELDS.map((field) => {
    const names = columns[field];
    const passes = (heading: string) =>
      isUsualName(field, withoutNote(heading)) &&
      (field !== 'amount' || (names ?? []).some((name) => meansTheSame(name, withoutNote(heading))));
    return {
      field,
      names: names ?? [],
      ...(names ? { passes } : {}),
      required: REQUIRED.includes(field) || (field === 'operation' && operations !== undefined),
    };
  });
}

/** What the first lines say beside the headings: units, the order of days, decimals. */
function withEvidence(
  named: NamedColumns<Field>,
  head: readonly Row[],
  dialect: Dialect,
  sheet = '',
): Result<SpendBinding, BindingFault> {
  const { line, headings, at } = named;
  const amountAt = at.amount ?? 0;
  const below = head.filter((row) => row.line > line);
  const units = unitsBelow(head, line, (text) => unitNoted(text) !== undefined);
  // Where the unit of the amounts is said: the name of their sheet, a note above them, their own heading, a line of units below it.
  const saidUnits = [
    { line, text: sheet, unit: unitNoted(sheet) },
    ...head.filter((row) => row.line < line).flatMap(notesOf),
    unitOfCell({ line, cells: headings }, amountAt),
    ...(units ? unitsOf(units, amountAt) : []),
  ];
  for (const { line: at, text, unit } of saidUnits) {
    const differs = otherThan(dialect.unit, unit);
    if (differs) return fault(differs, { line: at, text: text.trim().slice(0, 100) });
  }
  const data = units ? below.slice(1) : below;
  return ok({
    line,
    until: units?.line ?? line,
    headings,
    at,
    kinds: kindsOfColumns(headings, data),
    remarks: remarksOf(named, units, dialect),
  });
}

interface SaidUnit {
  readonly line: number;
  readonly text: string;
  readonly unit: Unit | undefined;
}

function unitOfCell({ line, cells }: Row, at: number): SaidUnit {
  const text = textOf(cells[at]);
  return { line, text, unit: unitNamed(text) };
}

/** What a line of units says of the amounts: below their own heading, else anywhere. */
function unitsOf(units: Row, at: number): SaidUnit[] {
  const own = unitOfCell(units, at);
  return own.unit ? [own] : notesOf(units);
}

/** What a line above the headings says of the unit, in one of its cells or in several together. */
function notesOf({ line, cells }: Row): SaidUnit[] {
  const texts = cells.map(textOf);
  const together = texts.filter((text) => text !== '').join(' ');
  return [...texts, together].map((text) => ({ line, text, unit: unitNoted(text) }));
}

function remarksOf(named: NamedColumns<Field>, units: Row | undefined, { columns, unit }: Dialect): Remark[] {
  const { headings, at, replaced } = named;
  return [
    ...replaced.map((field) =>
      fileRemark('column_replaced', {
        heading: headings[at[field] ?? -1] ?? '',
        wanted: columns[field]?.[0] ?? field,
      }),
    ),
    ...unreadColumns(named),
    ...(units ? [remark('units_row', { line: units.line })] : []),
    ...(unit === 'kEUR' ? [fileRemark('unit_declared')] : []),
  ];
}

export function fileRemark(code: keyof typeof FILE_REMARKS, params: Params = {}): Remark {
  return { code: code.split('.')[0] ?? code, said: said(FILE_REMARKS[code], params) };
}

function fault(key: keyof typeof TABLE_FAULTS, params: Params, elsewhere = false): Result<never, BindingFault> {
  return fail({ code: key.split('.')[0] ?? key, said: said(TABLE_FAULTS[key], params), elsewhere });
}
