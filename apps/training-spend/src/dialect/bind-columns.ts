import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { type BoundPart, type BoundTable, bindTable, ofSheet } from '@gpect/tabular-files/bind-table';
import { type CellKind, columnsOfAmounts, kindsOfColumns } from '@gpect/tabular-files/column-kinds';
import { headingsAgain } from '@gpect/tabular-files/heading-rows';
import {
  type Binding,
  type BindingFault,
  findHeadings,
  knownBy,
  type NamedColumns,
  unitsBelow,
  unreadColumns,
  type WantedColumn,
} from '@gpect/tabular-files/headings';
import { type Params, said, saidIn } from '@gpect/tabular-files/messages';
import {
  contradiction,
  type DayEvidence,
  type DaysSeen,
  daysSeen,
  type OrderOfDays,
  saidOtherwise,
} from '@gpect/tabular-files/order-of-days';
import { otherShapeOf } from '@gpect/tabular-files/other-shapes';
import { isOfRefusals } from '@gpect/tabular-files/our-columns';
import { onTwoLines, type Remark, remark } from '@gpect/tabular-files/remarks';
import { onlyText } from '@gpect/tabular-files/sections';
import { type Row, type Table, textOf } from '@gpect/tabular-files/table';
import type { Dialect, Field } from './dialect.js';
import { FILE_REMARKS, TABLE_FAULTS } from './file-messages.js';
import { isSaid, SAID_FIELDS, saysOther } from './heading-says.js';
import { NamesAgain } from './names-again.js';
import { holdsPayment, type NamedOtherwise, namedOtherwise } from './names-over.js';
import { noteOfAmounts, withoutLetters } from './note-of-amounts.js';
import { rolesWanted, saidOfRole } from './roles.js';
import { type Section, sectionOfPart } from './sections.js';
import { columnSaysTax, saysWithTax } from './tax-of.js';
import { otherThan, type Unit, unitNamed, unitNoted, withoutNote } from './unit-of.js';
import { FIELDS, isUsualName, meansTheSame } from './usual-names.js';

/** Where each field stands in the lines of one file, and what its first lines tell of how it is written. */
export interface SpendBinding extends Binding<Field> {
  /** Days of this file that may be others than they seem. */
  readonly doubts?: {
    readonly mixed?: OrderOfDays;
    readonly converted?: DayEvidence;
    readonly yearDay?: DaysSeen['yearDay'];
    readonly otherForm?: DaysSeen['otherForm'];
  };
  /** The file's own days say that of those with years of two digits the year comes last. */
  readonly yearIsLast?: true;
  readonly since1904?: true;
  /** What the cells of each column look like. */
  readonly kinds: readonly (CellKind | undefined)[];
  /** Which columns hold amounts. */
  readonly amounts: readonly boolean[];
  /** What a title above the headings, or the name of the sheet, says of all its lines. */
  readonly section?: Section;
  /** In the first lines each number behind a whole amount has two digits, as cents that a comma cut off. */
  readonly mayBeCut: boolean;
  /** Columns of status that say nowhere in the file what was paid. */
  readonly ofOther?: readonly number[];
}

export const REQUIRED: readonly Field[] = ['reference', 'siret', 'paidOn', 'scheme', 'amount'];

/** Binds every part of a file that has the dialect's columns. */
export function bindSpend(table: Table, dialect: Dialect): Result<BoundTable<SpendBinding>, BindingFault> {
  const isOnlySheet = table.parts.length === 1;
  return bindTable(table, (head, { name = '', since1904 }) => {
    const binding = bindColumns(head, dialect, { name, isOnlySheet });
    return binding.ok && since1904 ? ok({ ...binding.value, since1904 }) : binding;
  });
}

/**
 * What the days of the whole file tell by their own evidence, read through once: in another order than the dialect says they
 * refuse it; of several orders those with two meanings refuse their lines. So do headings that come again under names of
 * other amounts.
 * @param look sees each line as well
 */
export async function withDays(
  table: Table,
  bound: BoundTable<SpendBinding>,
  dialect: Dialect,
  today: CalendarDate,
  look: (row: Row, part: BoundPart<SpendBinding>) => void,
): Promise<Result<BoundTable<SpendBinding>, BindingFault>> {
  const { dates } = dialect;
  const expected = dates.includes('french') ? 'day-first' : dates.includes('american') ? 'month-first' : undefined;
  const wanted = wantedBy(dialect);
  const namesOf = (lines: readonly Row[]) => {
    const named = findHeadings(lines, wanted);
    const isLast = named.missing.length === 0 && named.line === lines.at(-1)?.line;
    return isLast ? namedOtherwise(lines, named, dialect) : undefined;
  };
  const names = new NamesAgain(namesOf, (row, at) => holdsPayment(row, at, dialect));
  const days = await daysSeen(table, bound.parts, 'paidOn', today, (row, part) => {
    names.see(row, part);
    look(row, part);
  });
  const { found: again } = names;
  if (again)
    return fail(ofSheet(faultOfNames({ ...again.name, line: again.name.line - again.part.before }), again.part, table));
  if (!expected && !dates.includes('iso') && table.format === 'csv') return ok(bound);
  const { orders, converted, yearDay, shortYears, otherForm } = days;
  const otherwise = saidOtherwise(days, expected);
  if (otherwise) return fail(dayFault(DAYS_SAID[otherwise.order], { line: otherwise.line, text: otherwise.text }));
  const found = expected && contradiction(orders, expected);
  const isMixed = found !== undefined && orders[expected ?? 'day-first'] !== undefined;
  // Of lines that come back to be mended, the first file told in which order their days are: each is read by itself.
  const comesBack = bound.parts.some(({ binding }) => isOfRefusals(binding.headings));
  if (found && !isMixed && !comesBack) return fail(faultOfDays(found));
  const doubts = {
    ...(isMixed ? { mixed: orders } : {}),
    ...(converted ? { converted } : {}),
    ...(yearDay ? { yearDay } : {}),
    ...(otherForm ? { otherForm } : {}),
  };
  const known = { doubts, ...(shortYears && shortYears === expected ? { yearIsLast: true as const } : {}) };
  return ok({ ...bound, parts: bound.parts.map((part) => ({ ...part, binding: { ...part.binding, ...known } })) });
}

function faultOfNames(other: NamedOtherwise): BindingFault {
  const { key, ...params } = other;
  const code = key.split('.')[0] ?? key;
  if (other.key !== 'columns_ambiguous.over') return { code, said: said(TABLE_FAULTS[key], params), elsewhere: false };
  const { field, line, name, heading } = other;
  return { code, said: saidOfRole(TABLE_FAULTS[other.key], field, { line, name, heading }), elsewhere: false };
}

function faultOfDays({ line, value, order, mixedWith }: NonNullable<ReturnType<typeof contradiction>>): BindingFault {
  if (!mixedWith) return dayFault(DAYS_DIFFER[order], { line, value });
  return dayFault('dates_differ.mixed', { line, value, other: mixedWith.value, otherLine: mixedWith.line });
}

const DAYS_SAID = { 'month-first': 'dates_differ.said', 'day-first': 'dates_differ.said_day' } as const;
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
  sheet: Sheet = { name: '', isOnlySheet: true },
): Result<SpendBinding, BindingFault> {
  const named = findHeadings(head, wantedBy(dialect));
  if (named.twice) return fault('columns_ambiguous', { line: named.line, heading: named.twice });
  if (named.missing.length > 0) {
    // Where most columns are there, the others are missing and nothing else.
    const isMost = named.missing.length * 2 > REQUIRED.length;
    const shape = isMost ? otherShapeOf(head, knownBy(wantedBy(dialect)).known) : undefined;
    const wanted = rolesWanted(named.missing, dialect);
    const params = { line: named.line, headings: named.headings.join(', ').slice(0, 500) };
    const of = TABLE_FAULTS[shape ? (`columns_missing.${shape}` as const) : 'columns_missing'];
    const sentence = saidIn(of, { ...params, wanted: wanted.fr }, { ...params, wanted: wanted.en });
    return fail({ code: 'columns_missing', said: sentence, elsewhere: named.missing.length > 1 });
  }
  const other = namedOtherwise(head, named, dialect);
  if (other) return fail(faultOfNames(other));
  return withEvidence(named, head, dialect, sheet);
}

function wantedBy({ columns, operations }: Dialect): WantedColumn<Field>[] {
  return FIELDS.map((field) => {
    const names = columns[field];
    const passes = (heading: string) =>
      isUsualName(field, withoutNote(heading, field === 'amount')) &&
      (field !== 'amount' || (names ?? []).some((name) => meansTheSame(name, withoutNote(heading, true))));
    return {
      field,
      names: names ?? [],
      ...(names ? { passes } : {}),
      ...(isSaid(field) ? { other: (heading: string) => saysOther(field, heading) !== undefined } : {}),
      required: REQUIRED.includes(field) || (field === 'operation' && operations !== undefined),
    };
  });
}

/** What the first lines say beside the headings: units, the order of days, decimals. */
function withEvidence(
  named: NamedColumns<Field>,
  head: readonly Row[],
  dialect: Dialect,
  sheet: Sheet,
): Result<SpendBinding, BindingFault> {
  const { line, headings, at } = named;
  const amountAt = at.amount ?? 0;
  const below = head.filter((row) => row.line > line);
  const units = unitsBelow(head, line, (text) => unitNoted(withoutLetters(text)) !== undefined);
  // Where the unit of the amounts is said, beside the name of their sheet: a note above them, their own heading, a line of units below it.
  if (otherThan(dialect.unit, unitNoted(sheet.name))) return fault('amount_unit.sheet', { text: sheet.name });
  const saidUnits = [
    ...head.filter((row) => row.line < line).flatMap((row, i, above) => notesOf(row, i === above.length - 1)),
    unitOfCell({ line, cells: headings }, amountAt),
    ...(units ? unitsOf(units, amountAt, dialect) : []),
  ];
  for (const { line: at, text, unit } of saidUnits) {
    const differs = otherThan(dialect.unit, unit);
    if (differs) return fault(differs, { line: at, text: text.trim().slice(0, 100) });
  }
  const box = boxBeside(named, below, dialect);
  if (box) return fault(box.key, { line, text: box.text });
  if (!columnSaysTax(dialect) && saysWithTax(sheet.name)) return fault('amount_ttc.sheet', { text: sheet.name });
  const withTax = columnSaysTax(dialect) ? undefined : saidWithTax(head, { line, amountAt, units });
  if (withTax) return fault('amount_ttc', { line: withTax.line, text: withTax.text.slice(0, 100) });
  const section = sectionOfPart(
    head.filter((row) => row.line < line),
    sheet.name,
    sheet.isOnlySheet,
  );
  const data = units ? below.slice(1) : below;
  const comesAgain = headingsAgain(head, named);
  return ok({
    line,
    until: units?.line ?? line,
    headings,
    at,
    kinds: kindsOfColumns(headings, data),
    amounts: columnsOfAmounts(headings, data),
    mayBeCut: looksCut(data, headings.length, amountAt),
    remarks: remarksOf(named, units, dialect),
    ...(section ? { section } : {}),
    ...(comesAgain ? { comesAgain } : {}),
  });
}

/** A note in the line of the headings that is none of them: behind an empty column, above nothing. */
function boxBeside({ headings, at }: NamedColumns<Field>, below: readonly Row[], dialect: Dialect) {
  const last = Math.max(...Object.values(at));
  for (let i = last + 2; i < headings.length; i++) {
    const isBox = headings[i - 1] === '' && below.every(({ cells }) => textOf(cells[i]) === '');
    const note = isBox ? noteOfAmounts(headings[i] ?? '', dialect) : undefined;
    if (note) return note;
  }
  return undefined;
}

/** The sheet whose headings are looked for. */
interface Sheet {
  readonly name: string;
  readonly isOnlySheet: boolean;
}

interface Around {
  readonly line: number;
  readonly amountAt: number;
  readonly units: Row | undefined;
}

/** Where a note above the headings or a line of units says that the amounts hold their tax. */
function saidWithTax(head: readonly Row[], { line, amountAt, units }: Around) {
  const notes = [...head.filter((row) => row.line < line), ...(units ? [units] : [])].flatMap(({ line: at, cells }) =>
    [onlyText(cells) ?? '', textOf(cells[amountAt])].map((text) => ({ line: at, text })),
  );
  return notes.find(({ text }) => saysWithTax(text));
}

/** Whether no amount of the first lines has cents, and the cell behind each has two digits. */
function looksCut(rows: readonly Row[], width: number, amountAt: number): boolean {
  const filled = rows.filter(({ cells }) => cells.length === width && textOf(cells[amountAt]) !== '');
  const beside = filled.map(({ cells }) => textOf(cells[amountAt + 1])).filter((text) => text !== '');
  return (
    beside.length > 0 &&
    beside.every((text) => /^\d{2}$/.test(text)) &&
    filled.every(({ cells }) => /^[-+]?[\d\s\u00a0\u202f.']+$/.test(textOf(cells[amountAt])))
  );
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
function unitsOf(units: Row, at: number, dialect: Dialect): SaidUnit[] {
  const own = unitOfCell(units, at);
  return own.unit ? [own] : notesOf(units, false).filter(({ text }) => noteOfAmounts(text, dialect));
}

/** What a line beside the headings says of the unit, in one of its cells or in several together; `(M)` right above them alone. */
function notesOf({ line, cells }: Row, isRightAbove: boolean): SaidUnit[] {
  const texts = cells.map(textOf).map((text) => (isRightAbove ? text : withoutLetters(text)));
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
    ...namedOther(named),
    ...unreadColumns(named),
    ...onTwoLines(named),
    ...(units ? [remark('units_row', { line: units.line })] : []),
    ...(unit === 'kEUR' ? [fileRemark('unit_declared')] : []),
  ];
}

/** Columns that the dialect names though their own names say another thing. */
function namedOther({ headings, at }: NamedColumns<Field>): Remark[] {
  return SAID_FIELDS.flatMap((field) => {
    const heading = headings[at[field] ?? -1] ?? '';
    const word = saysOther(field, heading);
    if (word === undefined) return [];
    return [
      { code: 'column_named_other', said: saidOfRole(FILE_REMARKS.column_named_other, field, { heading, word }) },
    ];
  });
}

export function fileRemark(code: keyof typeof FILE_REMARKS, params: Params = {}): Remark {
  return { code: code.split('.')[0] ?? code, said: said(FILE_REMARKS[code], params) };
}

function fault(key: keyof typeof TABLE_FAULTS, params: Params, elsewhere = false): Result<never, BindingFault> {
  return fail({ code: key.split('.')[0] ?? key, said: said(TABLE_FAULTS[key], params), elsewhere });
}
