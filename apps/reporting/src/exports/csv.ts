import { stringify } from 'csv-stringify/sync';
import type { Language } from './labels.js';
import { MASKED, type Sheet, type SheetCell } from './sheet.js';

/** One table below the other; semicolons, decimal commas and a byte order mark for a French spreadsheet. */
export function csvOf(sheets: readonly Sheet[], language: Language): Buffer {
  const french = language === 'fr';
  const text = sheets
    .map(({ of = [], title, head, rows, notes = [] }) =>
      linesOf([...[...of, title].map((line) => [line]), head, ...rows, ...notes.map((note) => [note])], french),
    )
    .join('\r\n');
  return Buffer.from(`\uFEFF${text}`, 'utf8');
}

/** A table as programs read it: nothing stands above the names of its columns, and what is not known is empty. */
export function csvTable(head: readonly string[], rows: Sheet['rows'], language: Language): Buffer {
  const text = linesOf([head, ...rows.map((row) => row.map((cell) => cell ?? ''))], language === 'fr');
  return Buffer.from(`\uFEFF${text}`, 'utf8');
}

const linesOf = (rows: Sheet['rows'], french: boolean): string =>
  stringify(
    rows.map((row) => row.map((cell) => writtenIn(cell, french))),
    { delimiter: french ? ';' : ',', record_delimiter: '\r\n', quoted_match: '\n' },
  );

/** What a spreadsheet takes for a formula begins with one of these, as they are or in the width of Chinese letters. */
const BEGINS_A_FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** A number is none, whatever its sign. */
const IS_A_NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;

function writtenIn(cell: SheetCell, french: boolean): string {
  if (cell === null) return MASKED;
  if (typeof cell === 'string') return BEGINS_A_FORMULA.test(cell) && !IS_A_NUMBER.test(cell) ? `'${cell}` : cell;
  if (typeof cell === 'number') return decimal(cell, 0, french);
  if ('day' in cell) return french ? cell.day.split('-').reverse().join('/') : cell.day;
  const { value, as } = cell;
  if (as === 'euros') return decimal(value, 2, french);
  // A number that every spreadsheet reads as one: the heading says that it is in percent, or in points.
  return as === 'share' || as === 'change' ? decimal(value * 100, 1, french) : decimal(value, 1, french);
}

/** Rounded as the report rounds, so that no two documents differ by a digit. */
const rounding = (digits: number) =>
  new Intl.NumberFormat('en', { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits });
const ROUNDED = { 1: rounding(1), 2: rounding(2) } as const;

/** Never in another notation, nor with zeros that say nothing; a count as it is. */
function decimal(value: number, digits: 0 | 1 | 2, french: boolean): string {
  const text = digits === 0 ? String(value) : ROUNDED[digits].format(value);
  return french ? text.replace('.', ',') : text;
}
