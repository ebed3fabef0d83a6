import { frenchOfRefusal } from '@gpect/contracts/refusals-in-french';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { textFault } from '@gpect/domain-values/text';
import { NAF } from '@gpect/reference-data/naf';
import type { Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { type CellFault, cellFault } from '@gpect/tabular-files/cell-messages';
import { dayOfCell, siretOfCell } from '@gpect/tabular-files/cells';
import { isErrorText } from '@gpect/tabular-files/mend-text';
import { nameKey } from '@gpect/tabular-files/name-key';
import { type DaysSeen, hasTwoMeanings, mayBeExchanged, mayBeYearDay } from '@gpect/tabular-files/order-of-days';
import { asReference, lostReference, namesNothing } from '@gpect/tabular-files/reference-cell';
import { type Cell, textOf } from '@gpect/tabular-files/table';
import { lineFault } from './messages.js';

/** A fault of one cell: the column that the reader asked for, a stable code and a sentence in each language. */
export interface ColumnFault extends CellFault {
  readonly column: string;
}

/** What the days of a file tell against some of them. */
export type DayDoubts = Pick<DaysSeen, 'converted' | 'yearDay'> & {
  /** Days of another program's writing, with the day on which the file is read. */
  readonly otherForm?: { readonly value: string; readonly today: CalendarDate };
};

/** Words that mean a value, by the value; the first is what it is called. */
type Synonyms = Readonly<Record<string, readonly string[]>>;

const THOUSANDS = /^[+-]?\d{1,3}(?:[\s'’]\d{3})+$/;
const WHOLE = /^[+-]?\d{1,15}$/;
/** Nothing but zeros behind the mark, and not three digits, which may be thousands. */
const ZEROS = /^([+-]?\d{1,15})[.,](?:0{1,2}|0{4,})$/;
const MAYBE_THOUSANDS = /^[+-]?\d{1,3}(?:[.,]\d{3})+$/;
const LONGEST_NUMBER = 40;
const LONGEST_SHOWN = 60;
const REFUSED = Symbol('refused');

/** Reads the cells of one line as what their columns hold; the first fault wins, and `done` gives it or the value. */
export class LineCells {
  #fault: ColumnFault | undefined;
  #restored = false;
  readonly #outcomes = new Map<string, unknown>();

  readonly #doubtful = new Set<string>();

  /** @param cells by the column that is wanted */
  constructor(
    private readonly cells: Readonly<Record<string, Cell | undefined>>,
    private readonly doubts: DayDoubts = {},
  ) {}

  /** Whether other lines of the file alone tell against what a column holds. */
  isDoubtful(column: string): boolean {
    return this.#doubtful.has(column);
  }

  /** Whether zeros at the head of a SIRET were put back. */
  get siretRestored(): boolean {
    return this.#restored;
  }

  /** What was read of a column: its value, or that it is refused; undefined where nobody asked, or nothing is there. */
  outcomeOf(column: string): unknown {
    return this.#outcomes.get(column);
  }

  /** A text as it stands, without the blanks at its ends. */
  text(column: string): string {
    return this.optionalText(column) ?? this.#refuse(column, lineFault('missing'), '');
  }

  optionalText(column: string): string | undefined {
    const cell = this.#cell(column);
    const text = textOf(cell);
    if (text === '' && !isFault(cell)) return undefined;
    const fault = faultOfText(cell, text);
    return fault ? this.#refuse(column, fault, undefined) : this.#took(column, text);
  }

  siret(column: string): string {
    const cell = this.#cell(column);
    const fault = isFault(cell) ? faultOfText(cell, textOf(cell)) : undefined;
    const read = fault ? fail(fault) : siretOfCell(cell, false);
    if (!read.ok) return this.#refuse(column, read.fault, '');
    this.#restored ||= read.value.restored;
    return this.#took(column, read.value.siret);
  }

  /** A day as `YYYY-MM-DD`, however it is written: day first, year first, or a spreadsheet's own. */
  day(column: string): string {
    const rule = (cell: Cell | undefined) => {
      const doubt = doubtOfDay(cell, this.doubts);
      if (doubt) this.#doubtful.add(column);
      return doubt ? fail(doubt) : dayOfCell(cell, ['french', 'iso']);
    };
    return this.#read(column, rule, '');
  }

  integer(column: string): number {
    return this.#read(column, integerOf, 0);
  }

  /** One of these values, or one of the words that mean it, whatever the case, accents and punctuation. */
  oneOf<T extends string>(column: string, allowed: readonly T[], synonyms: Synonyms = {}): T {
    const text = this.text(column);
    const found = named(text, allowed, synonyms);
    if (!found) return this.#refuse(column, valueUnknown(allowed, synonyms), allowed[0] as T);
    return this.#took(column, found);
  }

  /** Several of these values, separated by `|`, a comma, a semicolon, a slash, a plus or `et`. */
  severalOf<T extends string>(column: string, allowed: readonly T[], synonyms: Synonyms = {}): T[] {
    const words = this.text(column)
      .split(/[|,;/+&\n]|\set\s/i)
      .filter((name) => name.trim() !== '')
      .map((name) => named(name, allowed, synonyms));
    const known = words.filter((name) => name !== undefined);
    if (known.length === words.length && known.length > 0) return this.#took(column, [...new Set(known)]);
    return this.#refuse(column, valueUnknown(allowed, synonyms), []);
  }

  /** Somebody's own identifier of a thing. */
  reference(column: string): string {
    const text = this.text(column);
    const lost = lostReference(this.#cell(column));
    const none =
      text !== '' && namesNothing(text) ? lineFault('missing.placeholder', { shown: text.slice(0, 100) }) : undefined;
    const fault = lost ?? none;
    const read = fault ? fail(fault) : asReference(text);
    return read.ok ? this.#took(column, read.value) : this.#refuse(column, read.fault, '');
  }

  /** A readable code of ours: `Artois Ternois` is `artois-ternois`. */
  code(column: string): string {
    const code = this.text(column)
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[\s_'’.-]+/g, '-');
    const isCode = /^[a-z0-9][a-z0-9-]{0,79}$/.test(code);
    return isCode ? this.#took(column, code) : this.#refuse(column, lineFault('code_unreadable'), '');
  }

  naf(column: string): string {
    const naf = NAF.read(this.text(column));
    return naf ? this.#took(column, naf) : this.#refuse(column, lineFault('naf_unknown'), '');
  }

  /** The INSEE code of a commune; a spreadsheet takes the zero from its head. */
  commune(column: string): string {
    const text = this.text(column)
      .replace(/[.,]0+$/, '')
      .toUpperCase();
    const code = /^\d{4}$/.test(text) ? `0${text}` : text;
    const isCommune = /^[0-9AB]{5}$/.test(code);
    return isCommune ? this.#took(column, code) : this.#refuse(column, lineFault('commune_unreadable'), '');
  }

  optional<T>(column: string, read: (column: string) => T): T | undefined {
    const cell = this.#cell(column);
    return textOf(cell) === '' && !isFault(cell) ? undefined : read(column);
  }

  /** The value, unless one of the cells that were read has a fault. */
  done<T>(value: () => T): Result<T, ColumnFault> {
    return this.#fault ? fail(this.#fault) : ok(value());
  }

  /** Refuses the line where one column says what another denies; what is said names both. */
  contradict(column: string, other: string): void {
    const [value, otherValue] = [column, other].map((name) => textOf(this.#cell(name)).slice(0, LONGEST_SHOWN));
    const said = { column, other, otherValue: otherValue ?? '' };
    const fault = value
      ? lineFault('columns_contradict', { ...said, value })
      : lineFault('columns_contradict.empty', said);
    this.#refuse(column, fault, undefined);
  }

  /** Refuses the line by a rule of the programme. */
  break(column: string, refusal: Refusal): void {
    const { code, detail, french = frenchOfRefusal(refusal) ?? detail } = refusal;
    this.#refuse(column, { reason: code, said: { fr: french, en: detail } }, undefined);
  }

  #cell(column: string): Cell | undefined {
    return own(this.cells, column);
  }

  #read<T>(column: string, rule: (cell: Cell | undefined) => Result<T, CellFault>, instead: T): T {
    const cell = this.#cell(column);
    if (isFault(cell)) return this.#refuse(column, faultOfText(cell, textOf(cell)) ?? lineFault('missing'), instead);
    if (textOf(cell) === '') return this.#refuse(column, lineFault('missing'), instead);
    const read = rule(cell);
    // The value is never used after a fault: `done` gives the fault.
    return read.ok ? this.#took(column, read.value) : this.#refuse(column, read.fault, instead);
  }

  #took<T>(column: string, value: T): T {
    if (this.#outcomes.get(column) !== REFUSED) this.#outcomes.set(column, value);
    return value;
  }

  #refuse<T>(column: string, fault: CellFault, instead: T): T {
    this.#fault ??= { column, ...fault };
    this.#outcomes.set(column, REFUSED);
    return instead;
  }
}

function isFault(cell: Cell | undefined): boolean {
  return typeof cell === 'object' && 'text' in cell;
}

function faultOfText(cell: Cell | undefined, text: string): CellFault | undefined {
  if (typeof cell === 'object' && 'text' in cell) {
    if (cell.kind === 'merged') return cellFault('cell_merged', { line: cell.line });
    return cell.kind === 'formula' ? lineFault('formula_without_value') : lineFault('cell_error', { shown: text });
  }
  if (isErrorText(text)) return lineFault('cell_error', { shown: text.slice(0, 100) });
  const unfit = textFault(text);
  return unfit ? lineFault('text_unfit', { sign: /U\+[0-9A-F]+/.exec(unfit)?.[0] ?? '' }) : undefined;
}

/** Why a day may be another one than it seems, by the other days of its file. */
function doubtOfDay(cell: Cell | undefined, { converted, yearDay, otherForm }: DayDoubts): CellFault | undefined {
  if (yearDay && typeof cell === 'string' && mayBeYearDay(textOf(cell)))
    return cellFault('date_ambiguous.year', { one: yearDay.value });
  if (converted && typeof cell === 'object' && 'date' in cell && mayBeExchanged(cell.date))
    return cellFault('date_ambiguous.converted', { one: converted.value });
  if (otherForm && typeof cell === 'string' && hasTwoMeanings(textOf(cell), otherForm.today))
    return cellFault('date_ambiguous.form', { one: otherForm.value });
  return undefined;
}

function integerOf(cell: Cell | undefined): Result<number, CellFault> {
  const text = textOf(cell);
  if (typeof cell === 'object') {
    const plain = 'number' in cell && (cell.kind === undefined || cell.kind === 'unit') && !cell.signed;
    const value = plain ? Number(cell.number) : Number.NaN;
    return Number.isSafeInteger(value) ? ok(value) : fail(lineFault('number_unreadable'));
  }
  if (text.length > LONGEST_NUMBER) return fail(lineFault('number_unreadable'));
  const whole = ZEROS.exec(text)?.[1] ?? (THOUSANDS.test(text) ? text.replace(/[\s'’]/g, '') : text);
  if (WHOLE.test(whole)) return ok(Number(whole));
  return fail(lineFault(MAYBE_THOUSANDS.test(text) ? 'number_ambiguous' : 'number_unreadable'));
}

function named<T extends string>(text: string, allowed: readonly T[], synonyms: Synonyms): T | undefined {
  // Who wrote it was not sure.
  if (/\?\s*$/.test(text.slice(-40))) return undefined;
  const key = valueKey(text);
  return allowed.find((value) => [value, ...(own(synonyms, value) ?? [])].some((word) => valueKey(word) === key));
}

/** A mark alone has no letters to be told by. */
function valueKey(text: string): string {
  const begin = text.slice(0, 100);
  return nameKey(begin) || begin.replace('\ufe0f', '').trim();
}

function valueUnknown(allowed: readonly string[], synonyms: Synonyms): CellFault {
  const names = allowed.map((value) => {
    const [label = value] = own(synonyms, value) ?? [];
    return valueKey(label) === valueKey(value) ? value : `${label} (${value})`;
  });
  return lineFault('value_unknown', { values: names.join(', ') });
}
