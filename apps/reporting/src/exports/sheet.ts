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

/** A sheet's name: 31 characters, without those that spreadsheets refuse, each once by its number. */
export function nameOfSheet(title: string, index: number): string {
  return `${index + 1} ${title.replace(/[\\/?*[\]:']/g, ' ')}`.slice(0, 31).trim();
}

/** The width of each column in characters, by its longest text or number: at least 8, at most 60. Titles and notes may run over. */
export function widthsOf({ head, rows }: Sheet): number[] {
  return head.map((text, column) => {
    const lengths = rows.map((row) => lengthOf(row[column] ?? ''));
    return Math.min(60, Math.max(8, longestLine(text), ...lengths) + 2);
  });
}

/** Heads are broken over lines where they are longer than what stands below. */
const longestLine = (text: string): number => Math.min(24, text.length);

function lengthOf(cell: SheetCell): number {
  if (cell === null) return 1;
  if (typeof cell === 'string') return cell.length;
  return typeof cell === 'number' ? String(cell).length : 12;
}
