import { fail, ok, type Result } from '@gpect/domain-values/result';
import { type BoundTable, bindTable } from '@gpect/tabular-files/bind-table';
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
import { monthFirstDay } from '@gpect/tabular-files/order-of-days';
import { type Remark, remark } from '@gpect/tabular-files/remarks';
import { type Row, type Table, textOf } from '@gpect/tabular-files/table';
import type { Dialect, Field } from './dialect.js';
import { FILE_REMARKS, TABLE_FAULTS } from './file-messages.js';
import { unitNamed, withoutNote } from './unit-of.js';
import { FIELDS, isUsualName, meansTheSame } from './usual-names.js';

/** Where each field stands in the lines of one file, and what its first lines tell of how it is written. */
export interface SpendBinding extends Binding<Field> {
  /** Amounts of this file have three decimals: what stands behind the mark of `12,340` is none of thousands. */
  readonly threeDecimals: boolean;
}

export const REQUIRED: readonly Field[] = ['reference', 'siret', 'paidOn', 'scheme', 'amount'];

/** Binds every part of a file that has the dialect's columns. */
export function bindSpend(table: Table, dialect: Dialect): Result<BoundTable<SpendBinding>, BindingFault> {
  return bindTable(table, (head) => bindColumns(head, dialect));
}

/** Whether the days of a file are month first by its own evidence, though its dialect reads them day first. */
export async function monthFirstDays(
  table: Table,
  { parts }: BoundTable,
  { dates }: Dialect,
): Promise<BindingFault | undefined> {
  const first = dates.includes('french') ? await monthFirstDay(table, parts, 'paidOn') : undefined;
  return first && { code: 'dates_differ', said: said(TABLE_FAULTS.dates_differ, first), elsewhere: false };
}

/**
 * Finds the headings among the first lines and the column of each field: by the dialect's own names first (case, accents
 * and punctuation do not count, nor does the order), then by a usual name, if one column alone bears one, which is told.
 * An amount is replaced by one that means the same alone.
 */
export function bindColumns(head: readonly Row[], dialect: Dialect): Result<SpendBinding, BindingFault> {
  const named = findHeadings(head, wantedBy(dialect));
  if (named.twice) return fault('columns_ambiguous', { line: named.line, heading: named.twice });
  if (named.missing.length > 0) {
    const wanted = named.missing.map((field) => `${field} (${dialect.columns[field]?.join(' / ')})`).join(', ');
    const headings = named.headings.join(', ').slice(0, 500);
    return fault('columns_missing', { wanted, line: named.line, headings }, named.missing.length > 1);
  }
  return withEvidence(named, head, dialect);
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
): Result<SpendBinding, BindingFault> {
  const { line, headings, at } = named;
  const amountAt = at.amount ?? 0;
  const below = head.filter((row) => row.line > line);
  const units = unitsBelow(head, line, (text) => unitNamed(text) !== undefined);
  // Where the unit of the amounts can be named: a title above them, their own heading, a line of units below it.
  const texts = [
    ...head.filter((row) => row.line < line).map((row) => ({ line: row.line, text: row.cells.map(textOf).join(' ') })),
    { line, text: headings[amountAt] ?? '' },
    ...(units ? [{ line: units.line, text: textOf(units.cells[amountAt]) }] : []),
  ];
  const foreign = texts.find(({ text }) => {
    const unit = unitNamed(text);
    return unit !== undefined && unit !== 'EUR' && unit !== dialect.unit;
  });
  if (foreign) return fault('amount_unit', { line: foreign.line, text: foreign.text.trim().slice(0, 100) });
  const data = units ? below.slice(1) : below;
  return ok({
    line,
    until: units?.line ?? line,
    headings,
    at,
    threeDecimals: data.some((row) => saysThreeDecimals(textOf(row.cells[amountAt]), dialect.decimal)),
    remarks: remarksOf(named, units, dialect),
  });
}

/** `1234,567` and `0,500` cannot be thousands, where the comma is what stands before the cents. */
function saysThreeDecimals(text: string, decimal: Dialect['decimal']): boolean {
  return /^-?(?:\d{4,}|0)[.,]\d{3}$/.test(text) && (decimal === 'auto' || text.includes(decimal));
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

function fault(code: keyof typeof TABLE_FAULTS, params: Params, elsewhere = false): Result<never, BindingFault> {
  return fail({ code, said: said(TABLE_FAULTS[code], params), elsewhere });
}
