import { type CalendarDate, type DateFormat, inFrench } from '@gpect/domain-values/calendar';
import { centsOfNumber, readCents } from '@gpect/domain-values/cents';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { sayable, unfitIn } from '@gpect/domain-values/text';
import { schemeOf, wasPayable } from '@gpect/reference-data/schemes';
import type { CellFault } from '@gpect/tabular-files/cell-messages';
import { dayOfCell, dayOfText, siretOfCell } from '@gpect/tabular-files/cells';
import { isPushed, mayBeShifted } from '@gpect/tabular-files/column-kinds';
import type { Said } from '@gpect/tabular-files/messages';
import { nameKey } from '@gpect/tabular-files/name-key';
import { hasTwoMeanings, mayBeExchanged, mayBeYearDay } from '@gpect/tabular-files/order-of-days';
import { isNoted } from '@gpect/tabular-files/raised-text';
import { asReference, lostReference, namesNothing } from '@gpect/tabular-files/reference-cell';
import { type Cell, isPlain, type NumberCell, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { LONGEST_VALUE, saysNothingButTotal } from '@gpect/tabular-files/total-line';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect, Field } from '../dialect/dialect.js';
import { columnSaysTax, saysWithTax } from '../dialect/tax-of.js';
import { unitNamed } from '../dialect/unit-of.js';
import { keyPart } from './key-part.js';
import { lineFault, numberFault } from './line-fault.js';
import type { LineMessage } from './line-messages.js';
import { cellNumbersSomethingElse, numbersSomethingElse } from './not-an-amount.js';
import { isPayment } from './operation-words.js';
import { splitAmounts, takenBack } from './other-columns.js';
import { statusOfLine } from './payment-status.js';
import { damagedIn, damagedReference, isLeftByEncoding, isOrdinary } from './reference.js';
import { type CalledTotal, TotalNames } from './says-total.js';
import { SilentWords } from './silent-words.js';
import type { Content, Kind } from './spend-line.js';
import { withTaxOfLine } from './tax-column.js';
import type { Disagreement } from './total-lines.js';
import { otherUnitOfLine } from './unit-column.js';

/** A fault of one line: the first one found, where it stands, and what to do. */
export interface LineFault {
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly said: Said;
}

export interface ReadLine {
  readonly reference: string;
  readonly kind: Kind;
  readonly content: Content;
}

/** What was noticed on a line, though it was read. */
export interface Noticed {
  readonly rounded?: true;
  readonly cutShort?: true;
  readonly quotesMended?: true;
}

/** What one line of a file says; its amount is read whatever else is wrong, so that totals hold to the cent. */
export interface Reading {
  readonly result: Result<ReadLine, LineFault>;
  readonly amountCents: number | undefined;
  readonly noticed: Noticed;
  /** It sums up other lines and is no payment. */
  readonly total?: true;
  /** What the line is if it is no total, where it has what a payment has; `called` so that it can hardly be one. */
  readonly otherwise?: { readonly result: Result<ReadLine, LineFault>; readonly called: CalledTotal };
  /** The total does not agree with the lines above it. */
  readonly differs?: Disagreement;
  /** It is refused for what it says of the lines below it, as a title or a note: where it comes back it says so again. */
  readonly heads?: true;
  /** It is refused, and holds an amount alone. */
  readonly bare?: true;
}

/** Values that come again and again are read once; a file has few days and few SIRET for its many lines. */
const REMEMBERED = 50_000;

const NOTHING: Noticed = {};
/** `1,000` may be one, or a thousand. */
const MAYBE_THOUSANDS = /^\d{1,3}(?:[.,]\d{3})+$/;
/** A soft hyphen that is not between two digits: some programs show it as a minus, and others not at all. */
const HYPHEN_AT_END = /(?<!\d)\u00ad|\u00ad(?!\d)/;
const MAY_BE_EMPTY = new Set(['hours', 'trainees']);
/** Spaces between thousands. */
const GROUPS = /(?<=^\d{1,3}(?:[ \u00a0\u202f]\d{3})*)[ \u00a0\u202f](?=\d{3}(?!\d))/g;
/** What people write behind a number of hours, or of people, that says no more than its column. */
const OWN_UNIT = {
  hours: /\s?(?:h|hrs?|heures?)\.?$/i,
  trainees: /\s?(?:stagiaires?|personnes?|pers\.?)$/i,
} as const;
/** Reads the lines of one file in its funder's dialect. */
export class LineReader {
  readonly #columns: Readonly<Partial<Record<Field, number>>>;
  /** The columns that are read, with what they are read as. */
  readonly #read: readonly (readonly [Field, number])[];
  readonly #schemes: ReadonlyMap<string, string>;
  readonly #operations: ReadonlyMap<string, Kind> | undefined;
  readonly #sirets = new Remembered((text) => siretOfCell(text, this.dialect.leadingZerosLost));
  readonly #dates = new Remembered((text) =>
    dayOfText(text, this.dialect.dates as DateFormat[], this.binding.yearIsLast),
  );
  readonly #schemeCodes = new Remembered((text) => this.#readScheme(text));
  /** Cells that a line of text must have: those that are read, but for such as all stand behind the others. */
  readonly #needed: readonly number[];
  readonly #readColumns: readonly number[];
  readonly #isKeyedByReference: boolean;
  readonly #splits: ReturnType<typeof splitAmounts>;
  readonly #totalNames: TotalNames;
  readonly #takenBack: ReturnType<typeof takenBack>;
  readonly #otherUnit: ReturnType<typeof otherUnitOfLine>;
  readonly #withTax: ReturnType<typeof withTaxOfLine>;
  readonly #status: ReturnType<typeof statusOfLine>;
  readonly #silent: SilentWords;

  constructor(
    private readonly dialect: Dialect,
    private readonly binding: SpendBinding,
    private readonly table: Pick<Table, 'format' | 'delimiter' | 'encoding'>,
    private readonly today: CalendarDate,
  ) {
    this.#columns = binding.at;
    this.#read = Object.entries(binding.at) as [Field, number][];
    this.#readColumns = this.#read.map(([, at]) => at);
    this.#isKeyedByReference = dialect.key.length === 1 && dialect.key[0] === 'reference';
    this.#schemes = new Map(Object.entries(dialect.schemes).map(([label, code]) => [nameKey(label), code]));
    this.#operations =
      dialect.operations &&
      new Map(Object.entries(dialect.operations).map(([label, kind]) => [nameKey(label), kind as Kind]));
    this.#needed = neededLengths(binding);
    this.#splits = splitAmounts(table, dialect, binding);
    const guarded = dialect.operations ? binding : withoutOperation(binding);
    this.#takenBack = takenBack(guarded, dialect);
    this.#otherUnit = otherUnitOfLine(guarded, dialect);
    this.#withTax = withTaxOfLine(guarded, dialect);
    this.#status = statusOfLine(guarded, dialect);
    const looked = new Set(Object.values(guarded.at));
    this.#silent = new SilentWords([...binding.headings.keys()].filter((i) => !looked.has(i)));
    this.#totalNames = new TotalNames(binding, dialect);
  }

  read({ cells, mended, cut, struck }: Row): Reading {
    if (cut)
      return {
        amountCents: undefined,
        noticed: NOTHING,
        result: this.#fault('reference', cells, lineFault('quote_cut')),
      };
    const read = this.#amount(this.#cell(cells, 'amount'));
    const amount = read.ok ? ok(read.value.cents) : read;
    const { length } = this.binding.headings;
    const cutShort = this.table.format === 'csv' && cells.length < length;
    const rounded = read.ok && read.value.rounded;
    const says = this.#whatItSays(cells, amount, struck);
    const { result } = says;
    const amountCents = amount.ok && !isUnsure(says) ? amount.value : undefined;
    const noticed = cutShort || rounded || mended ? noticedOf({ cutShort, rounded, mended }) : NOTHING;
    return says.total || says.bare ? { ...says, amountCents, noticed } : { result, amountCents, noticed };
  }

  #whatItSays(
    cells: readonly Cell[],
    amount: Result<number, CellFault>,
    struck?: readonly number[],
  ): Pick<Reading, 'result' | 'total' | 'bare' | 'otherwise'> {
    const called = this.#totalNames.of(cells);
    const result = this.#misshapen(cells) ?? this.#struckOut(cells, struck) ?? this.#readAll(cells, amount);
    if (called) {
      const total = { total: true, result: this.#fault('reference', cells, lineFault('total')) } as const;
      const isOwn = result.ok || this.#namesPayment(cells) || (called === 'name' && this.#isReferred(cells));
      return called !== 'declared' && isOwn ? { ...total, otherwise: { result, called } } : total;
    }
    return !result.ok && amount.ok && this.#isBare(cells) ? { result, bare: true } : { result };
  }

  /** It has a reference, a SIRET, a day or a scheme of its own, as a payment has that lacks something. */
  #namesPayment(cells: readonly Cell[]): boolean {
    const own = (['reference', 'siret', 'paidOn', 'scheme'] as const).filter((field) => {
      const text = textOf(this.#cell(cells, field));
      return text !== '' && !saysNothingButTotal(text);
    });
    return own.length >= 3;
  }

  /** Nothing by which a payment is known, perhaps the total of some: no reference and no establishment of its own. */
  #isBare(cells: readonly Cell[]): boolean {
    const siret = textOf(this.#cell(cells, 'siret'));
    if (this.#isReferred(cells)) return false;
    return siret === '' || (['reference', 'paidOn', 'scheme'] as const).every((field) => !this.#isFilled(cells, field));
  }

  #isReferred(cells: readonly Cell[]): boolean {
    return /\d/.test(textOf(this.#cell(cells, 'reference')));
  }

  #readAll(cells: readonly Cell[], amount: Result<number, CellFault>): Result<ReadLine, LineFault> {
    const unreadable = this.#unreadable(cells);
    if (unreadable) return unreadable;
    const reference = this.#reference(cells);
    if (!reference.ok) return reference.fault.reason === 'missing' ? (this.#noteAlone(cells) ?? reference) : reference;
    const siret = this.#siret(this.#cell(cells, 'siret'));
    if (!siret.ok)
      return (
        (siret.fault.reason === 'siret_missing' ? this.#noteAlone(cells) : undefined) ??
        this.#fault('siret', cells, siret.fault)
      );
    if (!amount.ok) return this.#fault('amount', cells, amount.fault);
    const doubt = this.#doubtful(cells, amount.value);
    if (doubt) return doubt;
    const paidOn = this.#paidOn(this.#cell(cells, 'paidOn'));
    if (!paidOn.ok) return this.#fault('paidOn', cells, paidOn.fault);
    const scheme = this.#schemeCodes.of(textOf(this.#cell(cells, 'scheme')));
    if (!scheme.ok) return this.#fault('scheme', cells, scheme.fault);
    const notPayable = this.#notPayable(scheme.value, paidOn.value);
    if (notPayable) return this.#fault('paidOn', cells, notPayable);
    const kind = this.#kind(cells, amount.value);
    if (!kind.ok) return kind;
    const hours = this.#number(cells, 'hours', /^\d{1,7}([.,]\d{1,2})?$/);
    if (!hours.ok) return hours;
    const trainees = this.#number(cells, 'trainees', /^\d{1,7}(?:[.,]0+)?$/);
    if (!trainees.ok) return trainees;
    const said = { paidOn: paidOn.value, scheme: scheme.value, amountCents: amount.value };
    const whose = siret.value.siret;
    const content: Mutable<Content> = siret.value.restored
      ? { siret: whose, siretRestored: true, ...said }
      : { siret: whose, ...said };
    if (hours.value !== undefined) content.hours = hours.value;
    if (trainees.value !== undefined) content.trainees = trainees.value;
    return ok({ reference: reference.value, kind: kind.value, content });
  }

  /** The line holds one text and nothing else, as a note or a signature below a table does. */
  #noteAlone(cells: readonly Cell[]): Result<never, LineFault> | undefined {
    const [text = '', ...others] = cells.map(textOf).filter((cell) => cell !== '');
    if (others.length > 0 || !/\p{L}.*\p{L}/u.test(text)) return undefined;
    const shown = text.slice(0, 60);
    return this.#isFilled(cells, 'reference')
      ? this.#fault('siret', cells, lineFault('siret_missing.note', { shown }))
      : this.#fault('reference', cells, lineFault('missing.note', { shown }));
  }

  #isFilled(cells: readonly Cell[], field: Field): boolean {
    return textOf(this.#cell(cells, field)) !== '';
  }

  /** The line is called a total and has all that a payment has, and nothing tells which it is. */
  totalOrPayment(cells: readonly Cell[]): Result<never, LineFault> {
    return this.#fault('reference', cells, lineFault('total_or_payment'));
  }

  #cell(cells: readonly Cell[], field: Field): Cell | undefined {
    const at = this.#columns[field];
    return at === undefined ? undefined : cells[at];
  }

  /**
   * In a sheet each cell has its place, and what stands beyond the headings is a note beside the table. Excel leaves blank
   * cells out at the end of a line when it writes CSV. Elsewhere in CSV a missing cell moved the others: a line is taken only where what is missing stands behind all that is read.
   */
  #misshapen(cells: readonly Cell[]): Result<never, LineFault> | undefined {
    const { length } = this.binding.headings;
    if (this.table.format !== 'csv') return undefined;
    const extra = cells.length > length && cells.slice(length).some((cell) => textOf(cell) !== '');
    const fits = !extra && (cells.length >= length || this.#endsWell(cells.length));
    const { kinds } = this.binding;
    if (fits && isPushed(cells, this.binding, this.#columns.amount ?? -1))
      return this.#fault('amount', cells, lineFault('cells_count.pushed'));
    if (fits && !mayBeShifted(cells, kinds, this.#readColumns)) return undefined;
    return fail({
      column: this.#heading('reference'),
      value: textOf(this.#cell(cells, 'reference')),
      ...lineFault(whyMisshapen(cells, fits), { count: cells.length, headings: length }),
    });
  }

  #endsWell(length: number): boolean {
    return this.#needed.includes(length) || length >= Math.max(...this.#needed);
  }

  /** A sheet strikes through what does not count. */
  #struckOut(cells: readonly Cell[], struck: readonly number[] | undefined): Result<never, LineFault> | undefined {
    if (!struck) return undefined;
    const [field] = Object.entries(this.#columns).find(([, at]) => struck.includes(at)) ?? [];
    return field === undefined ? undefined : this.#fault(field as Field, cells, lineFault('line_struck'));
  }

  /** A value that was not saved, or is that of a line above, or text that no endpoint takes: whatever the format, a control character is passed on to nobody. */
  #unreadable(cells: readonly Cell[]): Result<never, LineFault> | undefined {
    for (const [field, at] of this.#read) {
      const cell = cells[at];
      if (typeof cell === 'string' && isPlain(cell)) continue;
      if (typeof cell === 'object' && 'kind' in cell && cell.kind === 'formula')
        return this.#fault(field, cells, lineFault('formula_without_value'));
      // One number of hours for several payments of a course is said once, on the first of them.
      if (typeof cell === 'object' && 'kind' in cell && cell.kind === 'merged' && !MAY_BE_EMPTY.has(field))
        return this.#fault(field, cells, lineFault('cell_merged', { line: cell.line }));
      const unfit = typeof cell === 'string' ? unfitIn(textOf(cell)) : undefined;
      if (!unfit) continue;
      // Without its lost letter a reference would name another payment: nobody is told to take it out.
      const fault =
        field === 'reference' && isLeftByEncoding(textOf(cell))
          ? damagedIn(sayable(textOf(cell)))
          : lineFault('text_unfit', { at: unfit.at, code: unfit.code });
      return this.#fault(field, cells, fault);
    }
    return undefined;
  }

  #reference(cells: readonly Cell[]): Result<string, LineFault> {
    const written = this.#isKeyedByReference ? this.#cell(cells, 'reference') : undefined;
    if (typeof written === 'string' && isOrdinary(written)) return ok(written);
    const read = this.#isKeyedByReference ? {} : this.#readForKey(cells);
    const parts = this.dialect.key.map((field) => keyPart(field, textOf(this.#cell(cells, field as Field)), read));
    const empty = parts.indexOf('');
    const field = (this.dialect.key[Math.max(0, empty)] ?? 'reference') as Field;
    if (empty >= 0) return this.#fault(field, cells, lineFault('missing'));
    const own = this.#cell(cells, 'reference');
    const doubt = this.dialect.key.includes('reference')
      ? (noReference(own) ?? damagedReference(textOf(own), this.table.encoding))
      : undefined;
    if (doubt) return this.#fault('reference', cells, doubt);
    const reference = asReference(parts.join('|'));
    return reference.ok ? reference : this.#fault(field, cells, reference.fault);
  }

  /** What cells say that may be parts of the key; what cannot be read refuses the line behind this. */
  #readForKey(cells: readonly Cell[]): Partial<Content> {
    const amount = this.#amount(this.#cell(cells, 'amount'));
    const paidOn = this.#paidOn(this.#cell(cells, 'paidOn'));
    const scheme = this.#schemeCodes.of(textOf(this.#cell(cells, 'scheme')));
    const siret = this.#siret(this.#cell(cells, 'siret'));
    return {
      ...(amount.ok ? { amountCents: amount.value.cents } : {}),
      ...(paidOn.ok ? { paidOn: paidOn.value } : {}),
      ...(scheme.ok ? { scheme: scheme.value } : {}),
      ...(siret.ok ? { siret: siret.value.siret } : {}),
    };
  }

  #siret(cell: Cell | undefined): Result<{ siret: string; restored: boolean }, CellFault> {
    return typeof cell === 'object' ? siretOfCell(cell, this.dialect.leadingZerosLost) : this.#sirets.of(textOf(cell));
  }

  #amount(cell: Cell | undefined): Result<{ cents: number; rounded?: true }, CellFault> {
    if (typeof cell === 'object' && 'number' in cell) return this.#amountOfNumber(cell);
    if (typeof cell === 'object' && 'date' in cell)
      return fail(lineFault('amount_unreadable.kind', { shown: cell.date }));
    if (typeof cell === 'object' && cell.kind === 'formula') return fail(lineFault('formula_without_value'));
    const text = textOf(cell);
    if (text === '') return fail(lineFault('amount_unreadable.empty'));
    // The text of a cell is without it, so that a difference alone has to be looked at.
    if (text !== cell && typeof cell === 'string' && HYPHEN_AT_END.test(cell))
      return fail(lineFault('amount_ambiguous.hyphen', { shown: text }));
    if (saysWithTax(text) && !columnSaysTax(this.dialect))
      return fail(lineFault('amount_unreadable.ttc', { shown: text }));
    if (text.length <= LONGEST_VALUE && isNoted(text))
      return fail(lineFault('amount_unreadable.note', { shown: text }));
    const { decimal, unit } = this.dialect;
    if (unit === 'kEUR' && text.length <= LONGEST_VALUE && unitNamed(text) === 'EUR')
      return fail(lineFault('amount_unit_differs', { shown: text }));
    const read =
      text.length > LONGEST_VALUE
        ? fail('amount_unreadable' as const)
        : readCents(text, decimal as ',' | '.' | 'auto', {
            decimals: this.dialect.decimals,
            thousands: unit === 'kEUR',
          });
    if (read.ok)
      return numbersSomethingElse(text) ? fail(lineFault('amount_unreadable.number')) : ok({ cents: read.value });
    if (read.fault === 'amount_unreadable' && decimal !== 'auto' && this.#isOfOtherMark(text))
      return fail(lineFault('amount_unreadable.mark', { mark: decimal, other: decimal === ',' ? '.' : ',' }));
    const mark = decimal === 'auto' ? '' : ` ("${decimal}")`;
    return fail(lineFault(read.fault, { mark }));
  }

  /** Whether an amount can be read by the mark that the dialect does not declare. */
  #isOfOtherMark(text: string): boolean {
    const other = this.dialect.decimal === ',' ? '.' : ',';
    return text.length <= LONGEST_VALUE && readCents(text, other, { thousands: this.dialect.unit === 'kEUR' }).ok;
  }

  /** An amount that was cut in two, or that another column of the line takes back. */
  #doubtful(cells: readonly Cell[], cents: number): Result<never, LineFault> | undefined {
    if (this.#splits?.(cells)) {
      const at = this.#columns.amount ?? 0;
      const shown = `${textOf(cells[at])}${this.table.delimiter}${textOf(cells[at + 1])}`;
      return this.#fault('amount', cells, lineFault('amount_split', { shown }));
    }
    if (this.#silent.areAll(cells, cents)) {
      const back = cents > 0 ? this.#takenBack.inReference(cells) : undefined;
      return back && this.#fault('amount', cells, lineFault('amount_taken_back', back));
    }
    const unit = this.#otherUnit(cells);
    if (unit) {
      const declared = this.dialect.unit === 'kEUR' ? 'k€' : '€';
      return this.#fault('amount', cells, lineFault('amount_unit.column', { ...unit, unit: declared }));
    }
    const tax = this.#withTax(cells);
    if (tax) return this.#fault('amount', cells, lineFault('amount_unreadable.ttc_column', { ...tax }));
    const said = cents > 0 ? this.#takenBack.inAny(cells) : undefined;
    if (said) return this.#fault('amount', cells, lineFault('amount_taken_back', said));
    const status = this.#status(cells, cents);
    if (status)
      return this.#fault('amount', cells, lineFault(status.fault, { heading: status.heading, word: status.word }));
    this.#silent.learn(cells, cents);
    return undefined;
  }

  #amountOfNumber(cell: NumberCell): Result<{ cents: number; rounded?: true }, CellFault> {
    const { number, kind, shown, decimals } = cell;
    if (cell.signed) return fail(numberFault('amount_unreadable.kind', { shown: shown ?? number }));
    if (kind === 'scaled') return this.#amountOfScaled(cell);
    if (kind === 'unit' && saysWithTax(shown ?? '')) {
      if (!columnSaysTax(this.dialect)) return fail(numberFault('amount_unreadable.ttc', { shown: shown ?? number }));
      const read = centsOfNumber(number, { shownDecimals: decimals });
      return read.ok ? read : fail(lineFault('amount_unreadable', { mark: '' }));
    }
    if (cell.euro && this.dialect.unit === 'kEUR')
      return fail(numberFault('amount_unit_differs', { shown: `${shown ?? number} €` }));
    const thousands = this.dialect.unit === 'kEUR' && (kind === 'unit' || kind === undefined);
    if (kind !== undefined && !(thousands && /k/i.test(shown ?? '')))
      return fail(numberFault('amount_unreadable.kind', { shown: shown ?? number }));
    if (cellNumbersSomethingElse(cell)) return fail(lineFault('amount_unreadable.number'));
    const read = centsOfNumber(number, { thousands, shownDecimals: decimals });
    return read.ok ? read : fail(lineFault('amount_unreadable', { mark: '' }));
  }

  /** The sheet shows 13 for 12500: euros, where what is shown is in thousands of them by its own sign or by the dialect. */
  #amountOfScaled({
    number,
    shown = '',
    unit: beside = '',
    thousands,
  }: NumberCell): Result<{ cents: number }, CellFault> {
    const unit = unitNamed(beside) ?? this.dialect.unit ?? 'EUR';
    if (unit !== 'kEUR' || thousands !== 1) return fail(numberFault('amount_scaled', { shown, number }));
    const read = centsOfNumber(number);
    return read.ok ? read : fail(lineFault('amount_unreadable', { mark: '' }));
  }

  #paidOn(given: Cell | undefined): Result<string, CellFault> {
    const cell = this.binding.since1904 ? inDaysSince1900(given) : given;
    const read =
      typeof cell === 'object' ? dayOfCell(cell, this.dialect.dates as DateFormat[]) : this.#dates.of(textOf(cell));
    if (!read.ok) return read;
    const doubt = this.#doubtfulDay(cell);
    if (doubt) return fail(doubt);
    if (read.value <= this.today) return read;
    return fail(lineFault('date_in_future', { date: read.value }, { date: inFrench(read.value) }));
  }

  /** A day that the file's other days make doubtful. */
  #doubtfulDay(cell: Cell | undefined): CellFault | undefined {
    const { mixed, converted, yearDay, otherForm } = this.binding.doubts ?? {};
    if (yearDay && typeof cell === 'string' && mayBeYearDay(textOf(cell)))
      return lineFault('date_ambiguous.year', { one: yearDay.value });
    if (converted && typeof cell === 'object' && 'date' in cell && mayBeExchanged(cell.date))
      return lineFault('date_ambiguous.converted', { one: converted.value });
    if (otherForm && typeof cell === 'string' && hasTwoMeanings(textOf(cell), this.today))
      return lineFault('date_ambiguous.form', { one: otherForm.value });
    if (!mixed || typeof cell !== 'string' || !hasTwoMeanings(textOf(cell), this.today, mixed)) return undefined;
    const [one, other] = Object.values(mixed);
    return lineFault('date_ambiguous.mixed', { one: one?.value ?? '', other: other?.value ?? '' });
  }

  #readScheme(text: string): Result<string, CellFault> {
    const code = this.#schemes.get(nameKey(text));
    if (code !== undefined) return ok(code);
    const labels = Object.keys(this.dialect.schemes).join(', ');
    return fail(lineFault(text === '' ? 'scheme_unknown.empty' : 'scheme_unknown', { labels }));
  }

  #notPayable(code: string, paidOn: string): CellFault | undefined {
    const scheme = schemeOf(code);
    if (!scheme || wasPayable(scheme, paidOn)) return undefined;
    const { labelFr, paidFrom: from, paidUntil: until } = scheme;
    if (until === undefined)
      return lineFault('scheme_not_in_force', { scheme: labelFr, from }, { from: inFrench(from) });
    const french = { from: inFrench(from), until: inFrench(until) };
    return lineFault('scheme_not_in_force.until', { scheme: labelFr, from, until }, french);
  }

  #kind(cells: readonly Cell[], cents: number): Result<Kind, LineFault> {
    const word = textOf(this.#cell(cells, 'operation'));
    if (!this.#operations) {
      if (isPayment(word, cents)) return ok('record');
      return this.#fault('operation', cells, lineFault('operation_unknown.undeclared'));
    }
    const kind = this.#operations.get(nameKey(word));
    if (kind) return ok(kind);
    const labels = Object.keys(this.dialect.operations ?? {}).join(', ');
    return this.#fault('operation', cells, lineFault('operation_unknown', { labels }));
  }

  #number(cells: readonly Cell[], field: 'hours' | 'trainees', written: RegExp): Result<number | undefined, LineFault> {
    const cell = this.#cell(cells, field);
    const text = textOf(cell);
    if (text === '') return ok(undefined);
    if (typeof cell === 'string' && isFewDigits(text)) return ok(Number(text));
    const duration = field === 'hours' ? /^(\d{1,6}) ?[:h] ?([0-5]\d)(?::00)?$/i.exec(text) : null;
    if (duration) return ok(Math.round((Number(duration[1]) + Number(duration[2]) / 60) * 100) / 100);
    const plain = typeof cell !== 'object' || !('kind' in cell) || (cell.kind === 'unit' && !cell.signed);
    const bare = text.length <= LONGEST_VALUE ? text.replace(OWN_UNIT[field], '').replace(GROUPS, '') : '';
    if (typeof cell === 'string' && MAYBE_THOUSANDS.test(bare))
      return this.#fault(field, cells, lineFault(`${field}_unreadable.thousands`));
    if (plain && written.test(bare)) return ok(Number(bare.replace(',', '.')));
    return this.#fault(field, cells, lineFault(`${field}_unreadable`));
  }

  #fault(field: Field, cells: readonly Cell[], { reason, said: sentence }: CellFault): Result<never, LineFault> {
    const value = sayable(textOf(this.#cell(cells, field)));
    return fail({ column: this.#heading(field), value, reason, said: sentence });
  }

  #heading(field: Field): string {
    return this.binding.headings[this.#columns[field] ?? -1] ?? field;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function noticedOf({
  cutShort,
  rounded,
  mended,
}: Record<'cutShort' | 'rounded' | 'mended', boolean | undefined>): Noticed {
  return {
    ...(rounded ? { rounded } : {}),
    ...(cutShort ? { cutShort } : {}),
    ...(mended ? { quotesMended: true } : {}),
  };
}

/** Digits alone, as most numbers of hours and of people are written. */
function isFewDigits(text: string): boolean {
  if (text.length > 7) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** A bare number of days, as a workbook that counts them from 1904 on would be written by one that counts from 1900. */
function inDaysSince1900(cell: Cell | undefined): Cell | undefined {
  const text = textOf(cell);
  return /^\d{5}(?:[.,]\d+)?$/.test(text) ? String(Number(text.slice(0, 5)) + DAYS_1900_TO_1904) : cell;
}
const DAYS_1900_TO_1904 = 1462;

/** What a spreadsheet leaves of a SIRET, `3,29E+13`, is two cells where the comma separates them. */
function whyMisshapen(cells: readonly Cell[], fits: boolean): LineMessage {
  if (fits) return 'cells_count.shifted';
  // What lost its separators still has them, or several values.
  const [only = '', ...others] = cells.map(textOf).filter((text) => text !== '');
  if (others.length === 0 && !/[;\t|"]|\d{9}/.test(only)) return 'cells_count.alone';
  const cut = cells.some((cell, i) => /^\d$/.test(textOf(cell)) && /^\d+E\+\d+$/i.test(textOf(cells[i + 1])));
  return cut ? 'cells_count.rounded' : 'cells_count';
}

/** Where cells are too many or too few, nobody knows which of them is the amount; and other money is in no sum of euros. */
const UNSURE = new Set(['cells_count', 'amount_split', 'amount_unit']);

function isUnsure({ result, total }: Pick<Reading, 'result' | 'total'>): boolean {
  return !result.ok && !total && UNSURE.has(result.fault.reason);
}

/** Where nothing says what its words mean, a column of operations is looked at as those are that nobody reads. */
function withoutOperation(binding: SpendBinding): SpendBinding {
  const { operation: _, ...at } = binding.at;
  return { ...binding, at };
}

/** Why a cell that is not empty names no payment of its own. */
function noReference(cell: Cell | undefined): CellFault | undefined {
  const lost = lostReference(cell);
  if (lost) return lost;
  return namesNothing(textOf(cell)) ? lineFault('missing.placeholder') : undefined;
}

/** Lengths at which a line may end: behind the last column that is read, or behind the last that it must have where no other follows it. */
function neededLengths({ at }: SpendBinding): number[] {
  const places = Object.entries(at).sort(([, a], [, b]) => a - b);
  const last = Math.max(...places.map(([, i]) => i)) + 1;
  const lastNeeded =
    Math.max(...places.filter(([field]) => field !== 'hours' && field !== 'trainees').map(([, i]) => i)) + 1;
  return [...new Set([lastNeeded, last])];
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
