import { type Row, textOf } from '@gpect/tabular-files/table';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Field } from '../dialect/dialect.js';

/** Lines before the last one that tell how its cells are written. */
export const LINES_BEFORE = 20;
const CENTS = /[.,]\d{2}\s?(?:€|eur(?:os?)?)?$/i;

/**
 * The field whose cell ends a file that does not end its last line, where it is shorter than all those above: a transfer that
 * broke off leaves 12 of 1234,56, and a day or a reference of fewer digits.
 */
export function cutOffIn({ cells }: Row, before: readonly Row[], { at }: SpendBinding): Field | undefined {
  const last = cells.length - 1;
  const [field] = Object.entries(at).find(([, column]) => column === last) ?? [];
  if (field === undefined) return undefined;
  const text = textOf(cells[last]);
  const others = before.map((row) => textOf(row.cells[last])).filter((other) => /\d/.test(other));
  if (!/\d/.test(text) || ENDS_WITH_ITS_UNIT.test(text) || others.length < 2) return undefined;
  const [{ length } = ''] = others;
  const isShorter =
    field === 'amount'
      ? others.every((other) => CENTS.test(other)) && !CENTS.test(text)
      : OF_ONE_LENGTH.has(field) && others.every((other) => other.length === length) && text.length < length;
  return isShorter ? (field as Field) : undefined;
}

/** What is cut off ends in a digit, a mark or a space; `1234 €` has its end. */
const ENDS_WITH_ITS_UNIT = /(?:€|eur(?:os?)?|\))$/i;
const OF_ONE_LENGTH = new Set(['reference', 'siret', 'paidOn']);
