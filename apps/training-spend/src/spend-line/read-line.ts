import { type CalendarDate, readDate } from '@gpect/domain-values/calendar';
import { readCents } from '@gpect/domain-values/cents';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { readSiret } from '@gpect/domain-values/siret';
import { type Cell, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import type { Binding } from '../dialect/bind-columns.js';
import type { Dialect, Field } from '../dialect/dialect.js';
import { nameKey } from '../dialect/name-key.js';
import { schemeOf, wasPayable } from '../scheme/register.js';
import type { Content, Kind } from './spend-line.js';

/** A fault of one line: the first one found, where it stands, and what to do. */
export interface LineFault {
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly detail: string;
}

export interface ReadLine {
  readonly reference: string;
  readonly kind: Kind;
  readonly content: Content;
}

/** What one line of a file says; its amount is read whatever else is wrong, so that totals hold to the cent. */
export interface Reading {
  readonly result: Result<ReadLine, LineFault>;
  readonly amountCents: number | undefined;
}

type Fault = Pick<LineFault, 'reason' | 'detail'>;

/** Values that come again and again are read once; a file has few days and few SIRET for its many lines. */
const REMEMBERED = 50_000;

const LONGEST_REFERENCE = 120;
const REFERENCE = /^[^\s/][^/]*$/;
const DETAILS = {
  siret_missing: 'the cell is empty; give the 14 digits of the establishment',
  siret_invalid: 'a check digit does not agree; give the 14 digits as text',
  siret_digits_lost: 'a spreadsheet lost digits; give the 14 digits as text',
  siren_given: 'these are the 9 digits of the firm (SIREN); give the 14 of the establishment (SIRET)',
} as const;

/** Reads the lines of one file in its funder's dialect. */
export class LineReader {
  readonly #columns: Readonly<Partial<Record<Field, number>>>;
  readonly #schemes: ReadonlyMap<string, string>;
  readonly #operations: ReadonlyMap<string, Kind> | undefined;
  readonly #sirets = new Remembered((text) => this.#readSiret(text, this.dialect.leadingZerosLost));
  readonly #dates = new Remembered((text) => this.#readDate(text));
  readonly #schemeCodes = new Remembered((text) => this.#readScheme(text));

  constructor(
    private readonly dialect: Dialect,
    private readonly binding: Binding,
    private readonly format: Table['format'],
    private readonly today: CalendarDate,
  ) {
    this.#columns = binding.at;
    this.#schemes = new Map(Object.entries(dialect.schemes).map(([label, code]) => [nameKey(label), code]));
    this.#operations =
      dialect.operations &&
      new Map(Object.entries(dialect.operations).map(([label, kind]) => [nameKey(label), kind as Kind]));
  }

  read({ cells }: Row): Reading {
    const amount = this.#amount(this.#cell(cells, 'amount'));
    return {
      amountCents: amount.ok ? amount.value : undefined,
      result: this.#misshapen(cells) ?? this.#readAll(cells, amount),
    };
  }

  #readAll(cells: readonly Cell[], amount: Result<number, Fault>): Result<ReadLine, LineFault> {
    const reference = this.#reference(cells);
    if (!reference.ok) return reference;
    const siret = this.#siret(this.#cell(cells, 'siret'));
    if (!siret.ok) return this.#fault('siret', cells, siret.fault);
    if (!amount.ok) return this.#fault('amount', cells, amount.fault);
    const paidOn = this.#paidOn(this.#cell(cells, 'paidOn'));
    if (!paidOn.ok) return this.#fault('paidOn', cells, paidOn.fault);
    const scheme = this.#schemeCodes.of(textOf(this.#cell(cells, 'scheme')));
    if (!scheme.ok) return this.#fault('scheme', cells, scheme.fault);
    const notPayable = this.#notPayable(scheme.value, paidOn.value);
    if (notPayable) return this.#fault('paidOn', cells, notPayable);
    const kind = this.#kind(cells);
    if (!kind.ok) return kind;
    const hours = this.#number(cells, 'hours', (text) => /^\d{1,7}([.,]\d{1,2})?$/.test(text));
    if (!hours.ok) return hours;
    const trainees = this.#number(cells, 'trainees', (text) => /^\d{1,7}$/.test(text));
    if (!trainees.ok) return trainees;
    return ok({
      reference: reference.value,
      kind: kind.value,
      content: {
        siret: siret.value.siret,
        ...(siret.value.restored ? { siretRestored: true } : {}),
        paidOn: paidOn.value,
        scheme: scheme.value,
        amountCents: amount.value,
        ...(hours.value === undefined ? {} : { hours: hours.value }),
        ...(trainees.value === undefined ? {} : { trainees: trainees.value }),
      },
    });
  }

  #cell(cells: readonly Cell[], field: Field): Cell | undefined {
    const at = this.#columns[field];
    return at === undefined ? undefined : cells[at];
  }

  /** A sheet leaves blank cells out at the end of a line; CSV does not, so there a missing cell moved the others. */
  #misshapen(cells: readonly Cell[]): Result<never, LineFault> | undefined {
    const { length } = this.binding.headings;
    const extra = cells.slice(length).some((cell) => textOf(cell) !== '');
    if (!extra && (cells.length >= length || this.format !== 'csv')) return undefined;
    return fail({
      column: this.#heading('reference'),
      value: textOf(this.#cell(cells, 'reference')),
      reason: 'cells_count',
      detail: `${cells.length} cells under ${length} headings; put cells that hold the separator or a quotation mark in quotation marks`,
    });
  }

  #reference(cells: readonly Cell[]): Result<string, LineFault> {
    const parts = this.dialect.key.map((field) => textOf(this.#cell(cells, field as Field)));
    const empty = parts.indexOf('');
    const field = (this.dialect.key[Math.max(0, empty)] ?? 'reference') as Field;
    if (empty >= 0)
      return this.#fault(field, cells, {
        reason: 'missing',
        detail: 'the cell is empty and is part of the key of the line; fill it in',
      });
    const reference = parts.join('|');
    if (reference.length <= LONGEST_REFERENCE && REFERENCE.test(reference)) return ok(reference);
    return this.#fault(field, cells, {
      reason: 'reference_unreadable',
      detail: `a reference has at most ${LONGEST_REFERENCE} characters and no slash; write it so in every file`,
    });
  }

  #siret(cell: Cell | undefined): Result<{ siret: string; restored: boolean }, Fault> {
    // A number cannot keep zeros at its head.
    if (typeof cell === 'object' && 'number' in cell) return this.#readSiret(cell.number, true);
    return this.#sirets.of(textOf(cell));
  }

  #readSiret(text: string, restoreLeadingZeros: boolean): Result<{ siret: string; restored: boolean }, Fault> {
    const read = readSiret(text, { restoreLeadingZeros });
    return read.ok ? read : fail({ reason: read.fault, detail: DETAILS[read.fault] });
  }

  #amount(cell: Cell | undefined): Result<number, Fault> {
    const decimal = this.dialect.decimal as ',' | '.' | 'auto';
    const read =
      typeof cell === 'object' && 'number' in cell ? readCents(cell.number, '.') : readCents(textOf(cell), decimal);
    if (read.ok) return read;
    return fail({
      reason: read.fault,
      detail:
        read.fault === 'amount_ambiguous'
          ? 'it could be euros or thousands of them; write the cents too (1234,00)'
          : `write an amount in euros with at most two decimals${decimal === 'auto' ? '' : ` behind "${decimal}"`}`,
    });
  }

  #paidOn(cell: Cell | undefined): Result<string, Fault> {
    const read =
      typeof cell === 'object' && 'date' in cell ? this.#readDate(cell.date, ['iso']) : this.#dates.of(textOf(cell));
    if (!read.ok || read.value <= this.today) return read;
    return fail({ reason: 'date_in_future', detail: `${read.value} has not come yet; write the day of the payment` });
  }

  #readDate(text: string, formats: readonly string[] = this.dialect.dates): Result<string, Fault> {
    for (const format of formats) {
      const read = readDate(text, format as Parameters<typeof readDate>[1]);
      if (read.ok) return read;
    }
    return fail({ reason: 'date_unreadable', detail: `write a day that the calendar has (${formats.join(' or ')})` });
  }

  #readScheme(text: string): Result<string, Fault> {
    const code = this.#schemes.get(nameKey(text));
    if (code !== undefined) return ok(code);
    const labels = Object.keys(this.dialect.schemes).join(', ');
    return fail({ reason: 'scheme_unknown', detail: `name one of ${labels}, or add the name to the dialect` });
  }

  #notPayable(code: string, paidOn: string): Fault | undefined {
    const scheme = schemeOf(code);
    if (!scheme || wasPayable(scheme, paidOn)) return undefined;
    const until = scheme.paidUntil ? ` and no longer after ${scheme.paidUntil}` : '';
    return {
      reason: 'scheme_not_in_force',
      detail: `${scheme.labelFr} could not be paid before ${scheme.paidFrom}${until}; mend the day or the scheme`,
    };
  }

  #kind(cells: readonly Cell[]): Result<Kind, LineFault> {
    if (!this.#operations) return ok('record');
    const kind = this.#operations.get(nameKey(textOf(this.#cell(cells, 'operation'))));
    if (kind) return ok(kind);
    const labels = Object.keys(this.dialect.operations ?? {}).join(', ');
    return this.#fault('operation', cells, { reason: 'operation_unknown', detail: `name one of ${labels}` });
  }

  #number(
    cells: readonly Cell[],
    field: 'hours' | 'trainees',
    isWritten: (text: string) => boolean,
  ): Result<number | undefined, LineFault> {
    const text = textOf(this.#cell(cells, field));
    if (text === '') return ok(undefined);
    if (isWritten(text)) return ok(Number(text.replace(',', '.')));
    return this.#fault(field, cells, {
      reason: `${field}_unreadable`,
      detail: 'write a number, or leave the cell empty',
    });
  }

  #fault(field: Field, cells: readonly Cell[], { reason, detail }: Fault): Result<never, LineFault> {
    const text = textOf(this.#cell(cells, field));
    const missing = text === '' && reason !== 'missing' && !reason.endsWith('_missing');
    return fail({
      column: this.#heading(field),
      value: text,
      reason,
      detail: missing ? `the cell is empty; ${detail}` : detail,
    });
  }

  #heading(field: Field): string {
    return this.binding.headings[this.#columns[field] ?? -1] ?? field;
  }
}

/** A function of a text that remembers what it said. */
class Remembered<T> {
  readonly #known = new Map<string, T>();

  constructor(private readonly read: (text: string) => T) {}

  of(text: string): T {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    // A cell is a view of the piece of the file that it stands in; what is remembered must not keep all of that.
    const own = Buffer.from(text).toString();
    const value = this.read(own);
    this.#known.set(own, value);
    return value;
  }
}
