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
  if (typeof cell === 'number') return decimal(cell, 'count', french);
  if ('day' in cell) return french ? cell.day.split('-').reverse().join('/') : cell.day;
  const { value, as } = cell;
  if (as === 'euros') return decimal(value, 'euros', french);
  // A number that every spreadsheet reads as one: the heading says that it is in percent, or in points.
  return decimal(value, as === 'share' || as === 'change' ? 'percent' : 'tenths', french);
}

const rounding = (options: Intl.NumberFormatOptions, digits: number) =>
  new Intl.NumberFormat('en', {
    ...options,
    useGrouping: false,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });

/** Rounded as the report rounds, percents from the share itself, so that no two documents differ by a digit. */
const ROUNDED = {
  tenths: rounding({}, 1),
  euros: rounding({}, 2),
  percent: rounding({ style: 'percent' }, 1),
} as const;

/** Never in another notation, nor with zeros that say nothing; a count as it is. */
function decimal(value: number, as: 'count' | keyof typeof ROUNDED, french: boolean): string {
  const text = as === 'count' ? String(value) : ROUNDED[as].format(value).replace('%', '');
  return french ? text.replace('.', ',') : text;
}
