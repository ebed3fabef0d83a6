/** What every export is made of: a titled table. Null is masked by statistical secrecy, or not there yet. */
export interface Sheet {
  /** Of the first one: what the whole document is, of which part and which release. */
  readonly of?: readonly string[];
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
  readonly notes?: readonly string[];
}

/** How a masked number is written: the sign of INSEE's tables. */
export const MASKED = 's';

/**
 * How a number is written that nobody masks and that is not there: nothing to reckon with, still being counted, or not counted in
 * the part. Of a release it is written so only where that is the same in every release of such a programme: whether a number
 * exists may be a secret itself.
 */
export const UNTOLD = '–';

/** What both signs mean, for whoever reads a release. */
export const SIGNS = {
  fr: 's : nombre masqué par le secret statistique, – : sans objet, ou non compté dans cette partie',
  en: 's: number masked by statistical secrecy, –: not applicable, or not counted in this part',
} as const;

/** What null is in a document: masked in a release, and not to be told in full sight, where nothing is masked. */
export const nullIn = (secrecy: 'none' | 'applied'): string => (secrecy === 'applied' ? MASKED : UNTOLD);

/** A table in which what is null is written as this. */
export const withNulls = (sheet: Sheet, written: string): Sheet => ({
  ...sheet,
  rows: sheet.rows.map((row) => row.map((cell) => cell ?? written)),
});

/** A number that is no plain count: euros, a share (0 to 1), a relative change (0.15 is + 15 %), a difference in points, or any other. */
export interface Measure {
  readonly value: number;
  readonly as: 'euros' | 'share' | 'change' | 'points' | 'decimal';
}

/** A day, as an ISO date. */
export interface Day {
  readonly day: string;
}

/** Text, a count, a measure or a day. */
export type SheetCell = string | number | Measure | Day | null;

export function measured(value: number | null | undefined, as: Measure['as']): SheetCell {
  return value === null || value === undefined ? null : { value, as };
}

/** Cents as euros. */
export const euros = (cents: number | null | undefined): SheetCell =>
  measured(cents === null || cents === undefined ? cents : cents / 100, 'euros');

/** A difference of two shares, in points of percent. */
export const points = (difference: number | null | undefined): SheetCell =>
  measured(difference === null || difference === undefined ? difference : difference * 100, 'points');

/** A day where one was given. */
export const day = (iso: string | undefined): SheetCell => (iso ? { day: iso } : '');

/** Tables of more columns than a screen shows keep their first one where it is, too. */
const COLUMNS_OF_A_SCREEN = 6;
export const firstColumnStays = ({ head }: Sheet): boolean => head.length > COLUMNS_OF_A_SCREEN;

/** How many lines a text takes in a width of so many characters. */
export const linesIn = (text: string, width: number): number =>
  text.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / Math.max(1, width))), 0);

/** A sheet's name: 31 characters, no word cut, without those that spreadsheets refuse, each once by its number. */
export function nameOfSheet(title: string, index: number): string {
  const name = `${index + 1} ${title.replaceAll("'", '\u2019').replace(/[\\/?*[\]:]/g, ' ')}`
    .replace(/\s+/g, ' ')
    .trim();
  return name.length <= 31
    ? name
    : name
        .slice(0, 32)
        .replace(/\s+\S*$/, '')
        .slice(0, 31);
}

/** Whether a column holds numbers or days, so that its head stands on their side. */
export const holdsNumbers = (rows: Sheet['rows'], column: number): boolean =>
  rows.some((row) => typeof row[column] === 'number' || (typeof row[column] === 'object' && row[column] !== null));

/** The width of each column in characters, by its longest text or number: at least 8, at most 60. Titles and notes may run over. */
export function widthsOf({ head, rows }: Sheet): number[] {
  return head.map((text, column) => {
    const lengths = rows.map((row) => lengthOf(row[column] ?? ''));
    return Math.min(60, Math.max(8, longestLine(text), ...lengths) + 2);
  });
}

/** Heads are broken over lines where they are longer than what stands below; they are bold, and so wider. */
const longestLine = (text: string): number =>
  Math.ceil(1.2 * Math.max(Math.min(20, text.length), ...text.split(' ').map(({ length }) => length)));

function lengthOf(cell: SheetCell): number {
  if (cell === null) return 1;
  if (typeof cell === 'string') return cell.length;
  return typeof cell === 'number' ? String(cell).length : 12;
}
