import { fail, ok, type Result } from '@gpect/domain-values/result';
import { type Row, textOf } from '@gpect/tabular-files/table';
import type { Dialect, Field } from './dialect.js';
import { nameKey } from './name-key.js';
import { FIELDS, isUsualName } from './usual-names.js';

/** Where each field stands in the lines of one file. */
export interface Binding {
  /** Line of the headings; the table is below it. */
  readonly line: number;
  readonly headings: readonly string[];
  readonly at: Readonly<Partial<Record<Field, number>>>;
}

export interface BindingFault {
  readonly code: 'columns_missing' | 'columns_ambiguous';
  readonly detail: string;
}

export const REQUIRED: readonly Field[] = ['reference', 'siret', 'paidOn', 'scheme', 'amount'];

/** Headings may stand below a title or two. */
const ROWS_LOOKED_AT = 20;

/**
 * Finds the headings among the first lines and the column of each field: by the dialect's own names first (case, accents
 * and punctuation do not count, nor does the order), then by a usual name, if one column alone bears one.
 */
export function bindColumns(head: readonly Row[], dialect: Dialect): Result<Binding, BindingFault> {
  const rows = head.slice(0, ROWS_LOOKED_AT);
  const bound = rows.map((row) => bindRow(row, dialect));
  const whole = bound.find((b) => b.missing.length === 0);
  const best = whole ?? bound.reduce((a, b) => (b.missing.length < a.missing.length ? b : a), bound[0] ?? NONE);
  if (best.twice) {
    return fail({
      code: 'columns_ambiguous',
      detail: `line ${best.line} names "${best.twice}" more than once; rename the other, or name the right one in the dialect`,
    });
  }
  if (best.missing.length === 0) return ok(best);
  const wanted = best.missing.map((field) => `${field} (${dialect.columns[field]?.join(' or ')})`);
  return fail({
    code: 'columns_missing',
    detail: `no column for ${wanted.join(', ')}; line ${best.line} names ${best.headings.join(', ').slice(0, 500)}`,
  });
}

interface Bound extends Binding {
  readonly missing: readonly Field[];
  readonly twice?: string;
}

const NONE: Bound = { line: 1, headings: [], at: {}, missing: REQUIRED };

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
  for (const field of FIELDS) {
    if (at[field] !== undefined || !dialect.columns[field]) continue;
    const usual = headings.flatMap((heading, i) => (!taken.has(i) && isUsualName(field, heading) ? [i] : []));
    if (usual.length === 1 && usual[0] !== undefined) {
      at[field] = usual[0];
      taken.add(usual[0]);
    }
  }
  const wanted = dialect.operations ? [...REQUIRED, 'operation' as const] : REQUIRED;
  const missing = wanted.filter((field) => at[field] === undefined);
  return { line, headings, at, missing, ...(twice ? { twice } : {}) };
}
