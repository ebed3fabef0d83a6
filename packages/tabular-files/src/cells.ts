import { type CalendarDate, type DateFormat, FIRST_YEAR, LAST_YEAR, readDate } from '@gpect/domain-values/calendar';
import { fail, type Result } from '@gpect/domain-values/result';
import { readSiret, type Siret, type SiretFault } from '@gpect/domain-values/siret';
import { type CellFault, type CellMessage, cellFault } from './cell-messages.js';
import { needsZeros } from './lost-zeros.js';
import { type Cell, textOf } from './table.js';
import { LONGEST_VALUE } from './total-line.js';

/** The SIRET of a cell. A number cannot keep zeros at its head; of a text they come back where its source is known to lose them. */
export function siretOfCell(
  cell: Cell | undefined,
  restoreLeadingZeros: boolean,
): Result<{ siret: Siret; restored: boolean }, CellFault> {
  if (typeof cell === 'object' && 'number' in cell) return siretOfText(cell.number, true);
  return siretOfText(textOf(cell), restoreLeadingZeros);
}

function siretOfText(text: string, restoreLeadingZeros: boolean) {
  const read = text.length > LONGEST_VALUE ? fail('siret_invalid' as const) : readSiret(text, { restoreLeadingZeros });
  return read.ok ? read : fail(cellFault(whyNoSiret(text, read.fault), paramsOf(text)));
}

const SHOWN = 60;

function paramsOf(text: string) {
  const digits = text.replace(/\D/g, '');
  return { shown: text.slice(0, SHOWN), count: digits.length, padded: digits.slice(0, 14).padStart(14, '0') };
}

function whyNoSiret(text: string, fault: SiretFault): CellMessage {
  if (fault !== 'siret_invalid' || text.length > LONGEST_VALUE) return fault;
  if (needsZeros(text)) return 'siret_invalid.zeros';
  const plain = text.replace(/[\s.'’`´"/-]/g, '');
  if (/^[A-Z]{2}[0-9A-Z]{2}\d{9}$/i.test(plain)) return 'siret_invalid.vat';
  if (!/^\d+$/.test(plain)) return 'siret_invalid.text';
  return plain.length === 14 ? fault : 'siret_invalid.length';
}

/** The day of a cell: a spreadsheet's own, or one that is written in one of these formats, the first that reads it. */
export function dayOfCell(cell: Cell | undefined, formats: readonly DateFormat[]): Result<CalendarDate, CellFault> {
  if (typeof cell === 'object' && 'kind' in cell && cell.kind === 'month')
    return fail(cellFault('date_unreadable.month', { shown: textOf(cell) }));
  return typeof cell === 'object' && 'date' in cell ? dayOfText(cell.date, ['iso']) : dayOfText(textOf(cell), formats);
}

/** @param yearIsLast it is known of years of two digits, else `01/02/03` may begin with its year or with its day */
export function dayOfText(
  text: string,
  formats: readonly DateFormat[],
  yearIsLast = false,
): Result<CalendarDate, CellFault> {
  if (text.length <= LONGEST_VALUE) {
    if (!yearIsLast && /^\d{2}([/.\- \u00a0\u202f])\d{2}\1\d{2}$/.test(text) && yearMayBeAnywhere(text))
      return fail(cellFault('date_ambiguous'));
    for (const format of formats) {
      const read = readDate(text, format);
      if (read.ok) return read;
    }
  }
  return fail(
    cellFault(whyNoDay(text), {
      formats: formats.map((f) => DATE_EXAMPLES.get(f)).join(', '),
      first: FIRST_YEAR,
      last: LAST_YEAR,
    }),
  );
}

function whyNoDay(text: string): CellMessage {
  if (text === '') return 'date_unreadable.empty';
  if (/^[34]\d{4}(?:[.,]\d+)?$/.test(text)) return 'date_unreadable.serial';
  if (/^(?:19|20)\d{6}$/.test(text)) return 'date_unreadable.joined';
  const year = Number(
    YEAR_OF_DAY.exec(text)
      ?.slice(1)
      .find((found) => found !== undefined),
  );
  if (year < FIRST_YEAR || year > LAST_YEAR) return 'date_unreadable.year';
  return /\d/.test(text) && /\p{L}{3}/u.test(text.slice(0, LONGEST_VALUE))
    ? 'date_unreadable.words'
    : 'date_unreadable';
}

/** The year of three numbers, which have one of four digits. */
const YEAR_OF_DAY = /^(?:\d{1,2}[/.\- ]\d{1,2}[/.\- ](\d{4})|(\d{4})[/.\- ]\d{1,2}[/.\- ]\d{1,2})(?!\d)/;

const DATE_EXAMPLES: ReadonlyMap<DateFormat, string> = new Map([
  ['french', '31/12/2012'],
  ['iso', '2012-12-31'],
  ['american', '12/31/2012'],
  ['excel', '41274'],
]);

/** Whether the first of three numbers of two digits may be the year as well as the last: both are months or days. */
function yearMayBeAnywhere(text: string): boolean {
  const [first = 0, second = 0, third = 0] = text.split(/\D/).map(Number);
  return first <= 31 && second <= 12 && third <= 31 && third >= 1 && first <= 12;
}
