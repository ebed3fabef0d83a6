/** A number of a spreadsheet's cell, as plain decimal digits with a point, rounded to the 15 digits that spreadsheets keep. */
export interface NumberCell {
  readonly number: string;
}
/** A day of a spreadsheet's cell, `YYYY-MM-DD`. */
export interface DateCell {
  readonly date: string;
}
export type Cell = string | NumberCell | DateCell;

/** A line that is not blank: its number in the file or sheet (from 1) and its cells in their order. */
export interface Row {
  readonly line: number;
  readonly cells: readonly Cell[];
}

export type TableFormat = 'csv' | 'xlsx' | 'ods';

/** The lines of a file, whatever it was written with; they can be read again from the start. */
export interface Table {
  readonly format: TableFormat;
  /** How it was packed, where it was. */
  readonly packing?: 'gzip' | 'zip';
  /** Label of the WHATWG encoding standard; of CSV alone. */
  readonly encoding?: string;
  readonly delimiter?: string;
  /** About how many lines there are, for whoever waits. */
  readonly lines: number;
  /** The first lines (at most HEAD_ROWS), among them the headings. */
  readonly head: readonly Row[];
  /** Every line in order, some at a time, in the memory of a few. @throws FileUnreadable with the line it got to */
  rows(): AsyncGenerator<Row[]>;
}

/** What a file is declared to be; `auto` where it is to be found out. Declared ones are checked. */
export interface Declared {
  readonly encoding: string;
  readonly delimiter: string;
}

export const HEAD_ROWS = 30;
export const BATCH = 250;

/** The text of a cell, trimmed; the apostrophe that keeps a spreadsheet from running a formula is not part of it. */
export function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell !== 'string') return 'number' in cell ? cell.number : cell.date;
  const text = cell.trim();
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}

export function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => textOf(cell) === '');
}
