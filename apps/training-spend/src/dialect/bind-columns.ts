import { fail, ok, type Result } from '@gpect/domain-values/result';
import { type Params, type Said, said } from '@gpect/tabular-files/messages';
import type { Remark } from '@gpect/tabular-files/remarks';
import { type Row, textOf } from '@gpect/tabular-files/table';
import type { Dialect, Field } from './dialect.js';
import { FILE_REMARKS, TABLE_FAULTS } from './file-messages.js';
import { nameKey } from './name-key.js';
import { unitNamed, withoutNote } from './unit-of.js';
import { FIELDS, isUsualName, meansTheSame } from './usual-names.js';

/** Where each field stands in the lines of one file, and what its first lines tell of how it is written. */
export interface Binding {
  /** Line of the headings; the table is below it. */
  readonly line: number;
  /** The last line that belongs to the headings: one that names units may stand below them. */
  readonly until: number;
  readonly headings: readonly string[];
  readonly at: Readonly<Partial<Record<Field, number>>>;
  /** Amounts of this file have three decimals: what stands behind the mark of `12,340` is none of thousands. */
  readonly threeDecimals: boolean;
  readonly remarks: readonly Remark[];
}

/** Of a file of spend. */
export type SpendBinding = Binding;

export interface BindingFault {
  readonly code: keyof typeof TABLE_FAULTS;
  readonly said: Said;
  /** The table is likely to be another one: it lacks several columns. */
  readonly elsewhere: boolean;
}

export const REQUIRED: readonly Field[] = ['reference', 'siret', 'paidOn', 'scheme', 'amount'];

/** Headings may stand below a title or two. */
const ROWS_LOOKED_AT = 20;

/**
 * Finds the headings among the first lines and the column of each field: by the dialect's own names first (case, accents
 * and punctuation do not count, nor does the order), then by a usual name, if one column alone bears one, which is told.
 * An amount is replaced by one that means the same alone.
 */
export function bindColumns(head: readonly Row[], dialect: Dialect): Result<Binding, BindingFault> {
  const rows = head.slice(0, ROWS_LOOKED_AT);
  const bound = rows.map((row) => bindRow(row, dialect));
  const whole = bound.find((b) => b.missing.length === 0);
  const best = whole ?? bound.reduce((a, b) => (b.missing.length < a.missing.length ? b : a), bound[0] ?? NONE);
  if (best.twice) return fault('columns_ambiguous', { line: best.line, heading: best.twice });
  if (best.missing.length > 0) {
    const wanted = best.missing.map((field) => `${field} (${dialect.columns[field]?.join(' / ')})`).join(', ');
    const headings = best.headings.join(', ').slice(0, 500);
    return fault('columns_missing', { wanted, line: best.line, headings }, best.missing.length > 1);
  }
  return withEvidence(best, head, dialect);
}

interface Bound {
  readonly line: number;
  readonly headings: readonly string[];
  readonly at: Readonly<Partial<Record<Field, number>>>;
  readonly missing: readonly Field[];
  readonly twice?: string;
  readonly replaced: readonly Field[];
}

const NONE: Bound = { line: 1, headings: [], at: {}, missing: REQUIRED, replaced: [] };

function bindRow({ line, cells }: Row, dialect: Dialect): Bound {
  const headings = cells.map(textOf);
  const keys = headings.map(nameKey);
  const at: Partial<Record<Field, number>> = {};
  let twice: string | undefined;
  for (const field of FIELDS) {
    const names = (dialect.columns[field] ?? []).map(nameKey);
    const name = names.find((n) => keys.includes(n));
    if (name === undefined) continue;
    if (keys.indexOf(name) !== keys.lastIndexOf(name)) twice ??= headings[keys.indexOf(name)];
    at[field] = keys.indexOf(name);
  }
  const taken = new Set(Object.values(at));
  const replaced: Field[] = [];
  for (const field of FIELDS) {
    const declared = dialect.columns[field];
    if (at[field] !== undefined || !declared) continue;
    const passes = (heading: string) =>
      isUsualName(field, heading) && (field !== 'amount' || declared.some((name) => meansTheSame(name, heading)));
    const usual = headings.flatMap((heading, i) => (!taken.has(i) && passes(withoutNote(heading)) ? [i] : []));
    if (usual.length === 1 && usual[0] !== undefined) {
      at[field] = usual[0];
      taken.add(usual[0]);
      replaced.push(field);
    }
  }
  const wanted = dialect.operations ? [...REQUIRED, 'operation' as const] : REQUIRED;
  const missing = wanted.filter((field) => at[field] === undefined);
  return { line, headings, at, missing, replaced, ...(twice ? { twice } : {}) };
}

/** What the first lines say beside the headings: units, the order of days, decimals. */
function withEvidence(bound: Bound, head: readonly Row[], dialect: Dialect): Result<Binding, BindingFault> {
  const { line, headings, at, replaced } = bound;
  const amountAt = at.amount ?? 0;
  const below = head.filter((row) => row.line > line);
  const units = below[0] && namesUnitsAlone(below[0]) ? below[0] : undefined;
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
    remarks: remarksOf(bound, replaced, units, dialect),
  });
}

/** A line below the headings without any digit, one of whose cells is in brackets or names a unit: `(jj/mm/aaaa)`, `en €`. */
function namesUnitsAlone({ cells }: Row): boolean {
  const texts = cells.map(textOf).filter((text) => text !== '');
  return (
    texts.every((text) => text.length < 60 && !/\d/.test(text)) &&
    texts.some((text) => /^\(.*\)$/.test(text) || unitNamed(text) !== undefined)
  );
}

/** `1234,567` and `0,500` cannot be thousands, where the comma is what stands before the cents. */
function saysThreeDecimals(text: string, decimal: Dialect['decimal']): boolean {
  return /^-?(?:\d{4,}|0)[.,]\d{3}$/.test(text) && (decimal === 'auto' || text.includes(decimal));
}

function remarksOf(
  { headings, at }: Bound,
  replaced: readonly Field[],
  units: Row | undefined,
  dialect: Dialect,
): Remark[] {
  const remarks: Remark[] = replaced.map((field) =>
    fileRemark('column_replaced', {
      heading: headings[at[field] ?? -1] ?? '',
      wanted: dialect.columns[field]?.[0] ?? field,
    }),
  );
  const unread = headings.filter((name, i) => name !== '' && !Object.values(at).includes(i) && !isOurs(name));
  if (unread.length > 0) remarks.push(fileRemark('columns_unread', { names: unread.join(', ').slice(0, 300) }));
  if (units) remarks.push(fileRemark('units_row', { line: units.line }));
  if (dialect.unit === 'kEUR') remarks.push(fileRemark('unit_declared'));
  return remarks;
}

/** Columns that stand beside the funder's own in a file of refused lines, in French as the funder's staff reads them. Sent back they are passed over. */
export const OURS = ['ligne refusée', 'motif', 'colonne en cause', 'à faire'];
const ours = new Set(OURS.map(nameKey));

export function isOurs(heading: string): boolean {
  return ours.has(nameKey(heading));
}

export function fileRemark(code: keyof typeof FILE_REMARKS, params: Params = {}): Remark {
  return { code: code.split('.')[0] ?? code, said: said(FILE_REMARKS[code], params) };
}

function fault(code: BindingFault['code'], params: Params, elsewhere = false): Result<never, BindingFault> {
  return fail({ code, said: said(TABLE_FAULTS[code], params), elsewhere });
}
