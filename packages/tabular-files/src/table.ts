import { valueOfFormula } from './changed-by-spreadsheets.js';
import type { Remark } from './remarks.js';

/**
 * A number of a spreadsheet's cell, as plain decimal digits with a point, rounded to the 15 digits that spreadsheets keep.
 * Where the sheet shows it as something that is no plain number (50 %, 35:00, janv-12, 1,5 k€, 13 for 12500), `kind` says
 * so and `shown` is what people see.
 */
export interface NumberCell {
  readonly number: string;
  readonly kind?: 'percent' | 'duration' | 'time' | 'month' | 'unit' | 'scaled';
  readonly shown?: string;
  /** Of a scaled one: how many times a thousand the sheet leaves off; 0 where that depends on the number. */
  readonly thousands?: number;
  /** Of a scaled one: what its format writes beside it. */
  readonly unit?: string;
  /** The sheet shows a euro sign beside it. */
  readonly euro?: true;
  /** Its format writes a minus or brackets of its own, so that it looks negative though it is kept as it is. */
  readonly signed?: true;
  /** Decimals that the sheet shows, where its format says. */
  readonly decimals?: number;
}
/** A day of a spreadsheet's cell, `YYYY-MM-DD`, with the time and the offset that its file gives. */
export interface DateCell {
  readonly date: string;
}
/** A cell whose value is not there: a formula that was saved without it, or that ended in an error (`#N/A`). */
export interface FaultCell {
  readonly text: string;
  readonly kind: 'formula' | 'error';
}
/** A cell below the top one of cells that the sheet merged over several lines. */
export interface MergedCell {
  readonly text: '';
  readonly kind: 'merged';
  /** Of its sheet, where the merged cell begins. */
  readonly line: number;
  /** What the merged cell shows. */
  readonly shown: string;
}
export type Cell = string | NumberCell | DateCell | FaultCell | MergedCell;

/** A line that is not blank: its number (from 1, see `Part.before`) and its cells in their order. */
export interface Row {
  readonly line: number;
  readonly cells: readonly Cell[];
  /** Whether the sheet hides it, by a filter or by hand. */
  readonly hidden?: true;
  /** Columns whose cells the sheet shows struck through. */
  readonly struck?: readonly number[];
  /** Whether it has cells below the top one of a merged cell. */
  readonly merged?: boolean;
  /** Of the first lines, the columns over which the sheet merges cells of the line: the first and the last of each. */
  readonly spans?: readonly (readonly [first: number, last: number])[];
  /** Whether a quotation mark that was not closed was read as a sign of its text. */
  readonly mended?: true;
  /** It and its neighbours may be lines, or one cell of several lines in quotation marks; nobody can say. */
  readonly cut?: true;
  /** Its text ends with it, without the end of a line: the file may have been cut within it. */
  readonly unended?: true;
}

export type TableFormat = 'csv' | 'xlsx' | 'ods';

/** A table within a file: the file itself where it is text, a visible sheet where it is a workbook. */
export interface Part {
  /** Name of the sheet. */
  readonly name?: string;
  /** Lines of the parts before it: the number of each of its lines begins behind them. */
  readonly before: number;
  /** About how many lines it has. */
  readonly lines: number;
  /** The first lines (at most HEAD_ROWS), among them the headings. */
  readonly head: readonly Row[];
  /** Columns that the sheet hides, from 0. */
  readonly hiddenColumns: readonly number[];
  /** Where cells begin that the sheet merges over several lines, the first of them. */
  readonly mergedCells?: readonly { readonly column: number; readonly line: number }[];
  /** Its workbook counts days from 1904 on. */
  readonly since1904?: true;
}

/** The lines of a file, whatever it was written with; they can be read again from the start. */
export interface Table {
  readonly format: TableFormat;
  /** How it was packed, where it was. */
  readonly packing?: 'gzip' | 'zip';
  /** Label of the WHATWG encoding standard, or `macintosh`, `cp850`; of CSV alone. */
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly parts: readonly Part[];
  /** What is to be known of how it was read. */
  readonly remarks: readonly Remark[];
  /** Every line of a part in order, some at a time, in the memory of a few. @throws FileUnreadable with the line it got to */
  rows(part: number): AsyncGenerator<Row[]>;
}

/** What a file is declared to be; `auto` where it is to be found out. Declared ones are checked. */
export interface Declared {
  readonly encoding: string;
  readonly delimiter: string;
  /** Names of the sheets to be read; every visible one where none is named. */
  readonly sheets?: readonly string[];
}

export const HEAD_ROWS = 60;
export const BATCH = 250;

/** What people copy along and do not see: soft hyphens, zero-width spaces and joiners, byte-order marks, marks of direction */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
const MAY_BE_UNSEEN = /[\u00ad\u200b-\u2060\ufeff]/;

/**
 * The text of a cell as people mean it: trimmed, without signs that nobody sees, without the apostrophe that keeps a
 * spreadsheet from running a formula or reading a number, and without the `="…"` that keeps it from reading a number.
 */
export function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return isPlain(cell) ? cell : meantBy(cell);
  if ('date' in cell) return cell.date;
  return 'number' in cell ? (cell.shown ?? cell.number) : cell.text;
}

/**
 * Whether a cell is written as it is meant, and holds no sign that a text of ours may not: letters and signs of Latin-1, with
 * no blank and no mark of a spreadsheet at its ends. Most cells are; a look at their signs costs less than expressions do.
 */
export function isPlain(cell: string): boolean {
  const { length } = cell;
  if (length === 0) return true;
  const first = cell.charCodeAt(0);
  if (first === BLANK_SIGN || first === APOSTROPHE || first === EQUALS || first === HARD_BLANK) return false;
  for (let i = 0; i < length; i++) {
    const code = cell.charCodeAt(i);
    if (code < BLANK_SIGN || (code > 0x7e && (code < HARD_BLANK || code > 0xff || code === SOFT_HYPHEN))) return false;
  }
  const last = cell.charCodeAt(length - 1);
  return last !== BLANK_SIGN && last !== HARD_BLANK;
}

const BLANK_SIGN = 0x20;
const APOSTROPHE = 0x27;
const EQUALS = 0x3d;
const HARD_BLANK = 0xa0;
const SOFT_HYPHEN = 0xad;

function meantBy(cell: string): string {
  const text = (MAY_BE_UNSEEN.test(cell) ? cell.replace(UNSEEN, '') : cell).trim();
  const first = text.charCodeAt(0);
  if (first === APOSTROPHE && /^'+[=+\-@\d]/.test(text)) return text.slice(1);
  if (first === EQUALS && text.startsWith('="') && text.endsWith('"') && text.length > 3) return valueOfFormula(text);
  return text;
}

/** Nothing, or the sign with which DOS ends a text. */
const BLANK = new Set(['', '\x1a']);

export function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => BLANK.has(textOf(cell)));
}
