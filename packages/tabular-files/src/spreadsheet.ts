import { Decimal } from 'decimal.js';
import { LAST_LINE, MOST_COLUMNS } from './limits.js';
import type { MergedRange } from './merged-cells.js';
import { BATCH, type Cell, isBlank, type NumberCell, type Row } from './table.js';
import { FileUnreadable } from './unreadable.js';

/** The digits that a spreadsheet keeps of a number; what stands behind them is the noise of binary fractions. */
const DIGITS = 15;
const NUMBER = /^[+-]?\d+(?:\.\d*)?(?:e([+-]?\d{1,3}))?$/i;
/** No program writes a number longer than this, and none that means money or a SIRET has more digits than that. */
const LONGEST_NUMBER = 50;
const MOST_EXPONENT = 30;

/**
 * A number as a spreadsheet wrote it (`1.5E3`, `2472.7999999999997`) as plain digits; undefined where it is none, or one
 * whose digits nobody could write down (`1e20000000`): that is known before anything is reckoned.
 */
export function plainNumber(written: string): string | undefined {
  if (written.length > LONGEST_NUMBER) return undefined;
  const [whole, exponent = '0'] = NUMBER.exec(written) ?? [];
  if (whole === undefined || Math.abs(Number(exponent)) > MOST_EXPONENT) return undefined;
  return new Decimal(whole).toSignificantDigits(DIGITS).toFixed();
}

/** How a sheet shows a number. */
export interface NumberFormat {
  readonly kind: 'number' | 'date' | 'truth' | NonNullable<NumberCell['kind']>;
  readonly decimals?: number;
  /** What stands beside the number and changes what it means: k€, $, a minus. */
  readonly unit?: string;
  /** See `NumberCell`. */
  readonly thousands?: number;
  readonly euro?: true;
  /** Its own sign, before the number and behind it. */
  readonly signed?: readonly [before: string, after: string];
  /** Where each digit of a whole number is shown (`DIGIT`), zeros for those that it lacks, between the format's own text. */
  readonly shape?: string;
}
/** Stands for one digit in a shape; no text of a format holds it. */
export const DIGIT = '\0';
export const PLAIN: NumberFormat = { kind: 'number' };

/** A truth is no number, though it may be kept as one. */
export const truthOf = (isTrue: boolean): string => (isTrue ? 'VRAI' : 'FAUX');

/** A number in the format of its cell; a date is not made here, as each format counts days its own way. */
export function numberCell(number: string, format: NumberFormat): NumberCell {
  return format.signed ? { ...unsignedCell(number, format), signed: true } : unsignedCell(number, format);
}

function unsignedCell(number: string, format: NumberFormat): NumberCell {
  const { kind, decimals, unit, shape, thousands, euro } = format;
  const shaped = shape === undefined ? undefined : inShape(number, shape);
  switch (kind) {
    case 'scaled': {
      const shown = thousands ? new Decimal(number).div(new Decimal(1000).pow(thousands)).toFixed() : number;
      // What is shown says that it is no plain number, wherever it is copied to.
      return {
        number,
        kind,
        shown: `${shown} ${unit || SCALES[thousands ?? 0]}`,
        thousands: thousands ?? 0,
        unit: unit ?? '',
      };
    }
    case 'percent':
      return { number, kind, shown: `${new Decimal(number).times(100).toFixed()} %` };
    case 'duration':
      return { number, kind, shown: hoursAndMinutes(number) };
    case 'time':
      return { number, kind, shown: hoursAndMinutes(new Decimal(number).mod(1).toFixed()) };
    case 'unit':
      return { number, kind, shown: shaped ?? (format.signed?.join(number) || `${number} ${unit ?? ''}`) };
    default:
      return {
        number,
        ...(decimals === undefined ? {} : { decimals }),
        ...(euro ? { euro } : {}),
        ...(shaped === undefined || shaped === number ? {} : { shown: shaped }),
      };
  }
}

const SCALES = ['(à une échelle)', '(en milliers)', '(en millions)', '(en milliards)'];

/** `12` in a shape of five digits is `00012`; a number with more digits shows all of them at the first place. */
function inShape(number: string, shape: string): string | undefined {
  if (!/^\d{1,20}$/.test(number)) return undefined;
  const places = shape.split(DIGIT).length - 1;
  const padded = number.padStart(places, '0');
  let next = padded.length - places;
  return shape.replaceAll(DIGIT, (_, at: number) => {
    const from = shape.indexOf(DIGIT) === at ? 0 : next;
    next++;
    return padded.slice(from, next);
  });
}

/** Days as hours and minutes: `1.4583333` is 35:00. */
function hoursAndMinutes(days: string): string {
  const minutes = Math.round(Number(days) * 1440);
  const [whole, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : ''}${whole}:${String(rest).padStart(2, '0')}`;
}

/** What tells, beside a number, that it is not in euros: thousands or millions of them, or another currency. */
const OTHER_UNIT = /k\s*(?:€|eur)|m(?:io|illions?)?\s*d?\W?\s*(?:€|eur)|milliers|[$£¥]|\b(?:usd|gbp|chf|cad|xpf)\b/i;

/** Words beside a number that leave it what it is: the euro, and that it is net of tax. */
const PLAIN_WORDS = new Set(['eur', 'euro', 'euros', 'ht', 'hors', 'taxe', 'taxes', 'net']);

/** Any sign but letters, the euro and what sets them apart: a percentage, an approximation or a bound is no amount. */
const NO_PLAIN_SIGN = /[^\p{L}\p{Z}\p{Cf}€.,:;'’"()_-]/u;

/** The unit that a format's own text names, where it is not the euro: whatever else stands there (`Avoir`, `F`, `h`) may change what the number means. */
export function otherUnit(text: string): string | undefined {
  if (text.length > 100) return undefined;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return OTHER_UNIT.test(text) || NO_PLAIN_SIGN.test(text) || words.some((word) => !PLAIN_WORDS.has(word))
    ? text.trim()
    : undefined;
}

/** A format's own text, before the number and behind it, where it has a minus or brackets around the number. */
export function signOf(before: string, after: string): NumberFormat['signed'] {
  const isSigned =
    /^\s*[-(\u2212\u2013]|[-(\u2212\u2013]\s*$/.test(before) || /^\s*[-)\u2212\u2013]|[-\u2212\u2013]\s*$/.test(after);
  return isSigned ? [before, after] : undefined;
}

/** Whether a format's own text is the euro. */
export function namesEuro(text: string): boolean {
  return /€|eur/i.test(text);
}

/** Collects the cells of a sheet into rows; blank ones are passed over. */
export class RowBuilder {
  #cells: Cell[] = [];
  #struck: number[] = [];
  #rows: Row[] = [];

  put(column: number, cell: Cell, line: number, struck = false): void {
    if (column >= MOST_COLUMNS)
      throw new FileUnreadable('too_many_columns', { line, count: column + 1, most: MOST_COLUMNS }, line);
    while (this.#cells.length < column) this.#cells.push('');
    this.#cells[column] = cell;
    if (struck) this.#struck.push(column);
  }

  /** Whether the row so far holds anything. */
  get filled(): boolean {
    return !isBlank(this.#cells);
  }

  endRow(line: number, times = 1, hidden = false): void {
    if (!isBlank(this.#cells)) {
      const struck = this.#struck;
      for (let i = 0; i < times; i++)
        this.#rows.push({
          line: line + i,
          cells: this.#cells,
          ...(hidden ? { hidden } : {}),
          ...(struck.length > 0 ? { struck } : {}),
        });
    }
    this.#cells = [];
    this.#struck = [];
  }

  /** The rows so far, once there are enough of them. */
  *take(atLeast = BATCH): Generator<Row[]> {
    if (this.#rows.length < atLeast || this.#rows.length === 0) return;
    const rows = this.#rows;
    this.#rows = [];
    for (let i = 0; i < rows.length; i += BATCH) yield rows.slice(i, i + BATCH);
  }
}

/** A sheet of a workbook: what is known of it before its rows are read, and its rows. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Its workbook counts days from 1904 on. */
  readonly since1904?: boolean;
  /** Its rows, numbered from 1; what is known of them as a whole is told as it is found. */
  rows(tells: SheetTells): AsyncGenerator<Row[]>;
}

/** What a sheet tells beside its rows, in part behind them. */
export interface SheetTells {
  hides(column: number): void;
  merges(range: MergedRange): void;
}

/** A number that tells where something stands or how often: digits alone, and no more of them than any sheet needs. */
export function wholeNumber(written: string | undefined): number | undefined {
  return written !== undefined && /^[0-9]{1,9}$/.test(written) ? Number(written) : undefined;
}

export function brokenSheet(why: string): FileUnreadable {
  return new FileUnreadable('sheet_broken', { why });
}

/** @throws FileUnreadable where lines do not come one behind the other, as each is known by its number */
export function lineAfter(last: number, written: string | undefined): number {
  if (written === undefined) return last + 1;
  const line = wholeNumber(written) ?? 0;
  if (line > last && line <= LAST_LINE) return line;
  throw brokenSheet(`row ${written.slice(0, 40)} behind row ${last}`);
}
