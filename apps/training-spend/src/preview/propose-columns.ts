import { readDate } from '@gpect/domain-values/calendar';
import { readCents } from '@gpect/domain-values/cents';
import { readSiret } from '@gpect/domain-values/siret';
import { nameKey } from '@gpect/tabular-files/name-key';
import type { Remark } from '@gpect/tabular-files/remarks';
import { type Row, textOf } from '@gpect/tabular-files/table';
import { REQUIRED } from '../dialect/bind-columns.js';
import type { Field } from '../dialect/dialect.js';
import { isSaid, mayBe, type SaidField, saysField } from '../dialect/heading-says.js';
import { saidOfRole } from '../dialect/roles.js';
import { FIELDS } from '../dialect/usual-names.js';
import { schemeNamed } from '../scheme/scheme-named.js';
import { PROPOSAL_FAULTS } from './proposal-faults.js';

export interface ProposedColumns {
  readonly columns: Partial<Record<Field, string[]>>;
  /** Columns that a person has to name, with those that could be meant. */
  readonly faults: readonly Remark[];
}

/** Most cells of a column must be of a kind for the column to be taken for it. */
const MOST = 0.8;
const LOOKS_LIKE: Readonly<Record<SaidField, (text: string) => boolean>> = {
  siret: (text) => readSiret(text, { restoreLeadingZeros: true }).ok,
  paidOn: (text) => readDate(text, 'french').ok || readDate(text, 'iso').ok,
  amount: (text) => /[.,]\d{2}(?:\s*€)?$/.test(text) && readCents(text, 'auto').ok,
};

/**
 * The column of each field where its heading says so and no other does: what a column holds never tells what was paid, when
 * and for whom. Schemes alone are known by their names.
 */
export function proposeColumns(headings: readonly string[], below: readonly Row[]): ProposedColumns {
  const free = new Set(headings.map((_, i) => i).filter((i) => nameKey(headings[i] ?? '') !== ''));
  const columns: Partial<Record<Field, string[]>> = {};
  const several = new Map<Field, readonly number[]>();
  const mostly = (test: (text: string) => boolean) => (i: number) => {
    const texts = below.map((row) => textOf(row.cells[i])).filter((text) => text !== '');
    return texts.length > 0 && texts.filter(test).length >= texts.length * MOST;
  };
  const take = (field: Field, candidates: readonly number[]) => {
    const [only, ...others] = candidates;
    if (only === undefined || columns[field]) return;
    if (others.length > 0) {
      several.set(field, candidates);
      return;
    }
    columns[field] = [headings[only] ?? ''];
    free.delete(only);
  };
  for (const field of FIELDS) {
    const says = (how: 'yes' | 'alone') =>
      [...free].filter((i) => saysField(field, headings[i] ?? '', headings) === how);
    take(field, says('yes'));
    if (!several.has(field)) take(field, says('alone'));
  }
  if (!several.has('scheme')) take('scheme', [...free].filter(mostly((text) => schemeNamed(text) !== undefined)));
  const faults = REQUIRED.filter((field) => !columns[field]).map((field) => {
    const candidates =
      several.get(field) ??
      (isSaid(field) ? [...free].filter((i) => mayBe(field, headings[i] ?? '') || mostly(LOOKS_LIKE[field])(i)) : []);
    return openColumn(
      field,
      candidates.map((i) => headings[i] ?? ''),
      several.has(field),
    );
  });
  return { columns, faults };
}

function openColumn(field: Field, candidates: readonly string[], isSeveral: boolean): Remark {
  const names = candidates.map((name) => `«\u00a0${name}\u00a0»`).join(', ');
  const key = isSeveral ? 'column_several' : candidates.length > 0 ? 'column_open' : 'column_open.none';
  const params = { field, names, count: candidates.length };
  return { code: key.split('.')[0] ?? key, said: saidOfRole(PROPOSAL_FAULTS[key], field, params) };
}
