import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail } from '@gpect/domain-values/result';
import { type CellFault, cellFault } from '@gpect/tabular-files/cell-messages';
import type { BindingFault } from '@gpect/tabular-files/headings';
import { withMergedWords } from '@gpect/tabular-files/merged-cells';
import { nameKey } from '@gpect/tabular-files/name-key';
import { lostSigns, withoutOurs } from '@gpect/tabular-files/our-columns';
import { placesBelow } from '@gpect/tabular-files/places-below';
import { titleOf } from '@gpect/tabular-files/sections';
import { type Cell, isBlank, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { bindColumns, type SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect, Field } from '../dialect/dialect.js';
import { LinesOfTable } from '../dialect/lines-of-table.js';
import { saidInCells, saidOfTotal } from '../dialect/notes-below.js';
import { isNote, isOutOfSection, kindOfTitle, looksLikeHeadings, type Section } from '../dialect/sections.js';
import { saysWithoutTax } from '../dialect/tax-of.js';
import { cutOffIn, LINES_BEFORE } from './cut-off.js';
import type { FileReading } from './file-reading.js';
import { lineFault } from './line-fault.js';
import type { LineMessage } from './line-messages.js';
import { LinesToMend } from './lines-to-mend.js';
import { LineReader, type Reading } from './read-line.js';
import { namesOfTotal } from './total-lines.js';

/**
 * Reads the lines of one part of a file in their order, and what only their order tells: totals are compared with the lines
 * above them, headings that come again say where each column stands from there on, and a note on another unit ends what is
 * read in euros.
 */
export class TableReader {
  readonly #lines: LineReader;
  readonly #names: ReadonlySet<string>;
  readonly #read: ReadonlySet<number>;
  readonly #lostSigns: ReturnType<typeof lostSigns>;
  readonly #withoutOurs: ReturnType<typeof withoutOurs>;
  /** Where the columns stand below headings that came again in another order. */
  #order: { readonly from: readonly (number | undefined)[]; readonly width: number } | undefined;
  #toMend: LinesToMend | undefined;
  /** The lines before, the last ones. */
  readonly #before: Row[] = [];
  /** Whether a line is one of payments, though it lacks a SIRET. */
  readonly #ofTable = new LinesOfTable();
  /** A total of the lines above that says that it is without tax, as the same one with tax may follow where no tax was due. */
  #withoutTax: number | undefined;
  /** A note on all that stands below it. */
  #noted: Pick<BindingFault, 'code' | 'said'> | undefined;
  /** Why nothing below can be read, up to the next headings. */
  #fault: Pick<BindingFault, 'code' | 'said'> | undefined;
  /** What a title says of the lines below it. */
  #section: Section | undefined;
  /** A line that may be a title, and says nothing that is known. */
  #title: { readonly line: number; readonly title: string } | undefined;

  constructor(
    private readonly dialect: Dialect,
    private readonly binding: SpendBinding,
    private readonly table: Pick<Table, 'format' | 'delimiter' | 'encoding'>,
    private readonly today: CalendarDate,
    private readonly file: FileReading,
  ) {
    this.#lines = new LineReader(dialect, binding, table, today);
    this.#names = new Set(
      [...binding.headings, ...Object.values(dialect.columns).flat()].map(nameKey).filter((key) => key !== ''),
    );
    this.#section = binding.section;
    this.#read = new Set(Object.values(binding.at));
    this.#lostSigns = lostSigns(binding.headings, Object.values(binding.at));
    this.#withoutOurs = withoutOurs(binding.headings);
    file.begin();
  }

  /** The cells of a line that was read, as texts that are read so again; for those that are refused. */
  toMend(row: Row, reading: Reading): string[] {
    this.#toMend ??= new LinesToMend(this.dialect, this.binding, this.table, this.today);
    return this.#toMend.texts(row, reading);
  }

  /** The line as it is read; nothing where it is none, but the headings again. */
  read(whole: Row): (Reading & { readonly row: Row }) | undefined {
    const given = this.#withoutOurs?.(whole) ?? whole;
    if (this.#mayBeNoPayment(given)) {
      const again = this.binding.comesAgain?.(given);
      if (again) return again === 'headings' ? this.#repeated(given) : undefined;
      if (this.#isHeadings(given)) return this.#begin(given);
      const title = this.#titled(given);
      if (title) return { row: given, ...this.#refused(given, title, 'heads') };
    }
    const row = withMergedWords(this.#order ? inOrder(given, this.#order.from) : given, this.#read);
    const fault = this.#noted ?? this.#fault ?? this.#misplaced(given);
    if (fault) return { row, ...this.#refused(row, fault) };
    const lost = this.#lostSigns?.((this.#order ? inOrder(whole, this.#order.from) : whole).cells);
    const reading = this.#whole(row, this.#judged(row, this.#lines.read(row)), lost);
    const cutOff = this.#cutOff(row, reading);
    if (cutOff) return { row, ...cutOff };
    const out = this.#section && isOutOfSection(this.#section, reading.amountCents) ? this.#section : undefined;
    if (out) return { row, ...this.#refused(row, faultOfSection(out)), amountCents: reading.amountCents };
    if (reading.total) {
      this.#noTitle(row);
      return this.#ofTotal(row, reading);
    }
    if (!reading.result.ok && reading.bare && this.file.totals.sumsUp(reading.amountCents ?? 0)) {
      this.#noTitle(row);
      this.#seeUnitOfTotal(row, reading.amountCents);
      return { row, ...reading, total: true, ...this.#total(row, reading.amountCents) };
    }
    const unit = this.#otherUnit(row, reading);
    if (unit) {
      this.#noted = unit;
      return { row, ...this.#refused(row, unit, 'heads') };
    }
    if (this.#title && reading.result.ok) this.file.unknownTitle(this.#title.line, this.#title.title);
    this.#title = reading.result.ok ? undefined : this.#title;
    // What may be a total is none of the lines that totals are compared with.
    const cents = reading.otherwise ? undefined : reading.amountCents;
    const { at } = this.binding;
    if (reading.result.ok || this.#isOfTable(row.cells)) this.file.paid.line(cents, '', '');
    this.file.totals.line(cents, textOf(row.cells[at.siret ?? -1]), textOf(row.cells[at.scheme ?? -1]));
    if (!reading.result.ok || reading.otherwise) return { row, ...reading };
    return { row, result: reading.result, amountCents: reading.amountCents, noticed: reading.noticed };
  }

  /**
   * A line that is called a total and has what a payment has. It is a total by being the sum of several lines above, or of one
   * where its reference or its first cell is called nothing else. It is a payment where its name may be one and it is no such
   * sum, and always where a firm or a place is called so. Else nobody can say; nor where its reference begins as few do.
   */
  #judged(row: Row, reading: Reading): Reading {
    const { otherwise, amountCents, noticed } = reading;
    if (!otherwise) return reading;
    const { result, called } = otherwise;
    const payment = { result, amountCents, noticed };
    if (called === 'name') return payment;
    const { totals } = this.file;
    const names = namesOfTotal(row, this.binding);
    const sums = (atLeast: number) => amountCents !== undefined && totals.agrees(amountCents, names, atLeast);
    const isSure = called === 'total' || called === 'elsewhere';
    if ((isSure || !result.ok) && sums(called === 'total' ? 1 : 2)) return reading;
    if (!isSure && !(called === 'begun' && result.ok)) {
      const isUnknown = called === 'maybe' && totals.lacksAmounts;
      if (!result.ok || !(isUnknown || sums(called === 'weak' ? 2 : 1))) return payment;
    }
    return { result: this.#lines.totalOrPayment(row.cells), amountCents, noticed, otherwise };
  }

  /** The last line of a text, where this ends within it. */
  #cutOff(row: Row, { result }: Reading): Reading | undefined {
    if (this.table.format !== 'csv') return undefined;
    const field = row.unended && result.ok ? cutOffIn(row, this.#before, this.binding) : undefined;
    if (!field) {
      if (this.#before.push(row) > LINES_BEFORE) this.#before.shift();
      return undefined;
    }
    const { said } = lineFault('line_cut', { shown: textOf(row.cells.at(-1)).slice(0, 100) });
    return this.#refused(row, { code: 'line_cut', said }, field);
  }

  /** A total that is what the lines above make, and calls itself one in another unit, says that these are in it too. */
  #ofTotal(row: Row, reading: Reading): Reading & { readonly row: Row } {
    this.#seeUnitOfTotal(row, reading.amountCents);
    return { row, ...reading, ...this.#total(row, reading.amountCents) };
  }

  #seeUnitOfTotal({ line, cells }: Row, cents: number | undefined): void {
    if (cents === undefined || cents === 0 || this.file.noteOfTotal) return;
    if (!this.file.paid.agrees(cents, [])) return;
    const note = saidOfTotal(cells, this.dialect);
    if (!note && cells.some((cell) => saysWithoutTax(textOf(cell)))) this.#withoutTax = cents;
    if (note && !(note.key === 'amount_ttc' && this.#withoutTax === cents)) this.file.noteOfTotal = { ...note, line };
  }

  /** A line that comes back from a program that lost signs of it says something else than it did. */
  #whole(row: Row, reading: Reading, at: number | undefined): Reading {
    if (at === undefined) return reading;
    const shown = textOf(row.cells[at]);
    const fault = cellFault('signs_lost', { shown: shown.slice(0, 100) });
    return { ...reading, result: fail({ column: this.binding.headings[at] ?? '', value: shown, ...fault }) };
  }

  #total(row: Row, cents: number | undefined): Pick<Reading, 'differs'> {
    this.file.paid.begin();
    const differs = this.file.totals.total(row.line, cents, namesOfTotal(row, this.binding));
    return differs ? { differs } : {};
  }

  /** Whether it lacks the digits of a SIRET where those stand, as few payments do. */
  #mayBeNoPayment({ cells }: Row): boolean {
    const at = this.binding.at.siret ?? 0;
    const siret = cells[this.#order?.from[at] ?? at];
    if (typeof siret === 'string') return !beginsAsSiret(siret) && !/\d{5}/.test(siret);
    return siret === undefined;
  }

  /** What stands beside the columns that are read alone is a second line of their own headings. */
  #isHeadings(row: Row): boolean {
    const at = Object.values(this.binding.at);
    return at.some((column) => textOf(row.cells[column]) !== '') && looksLikeHeadings(row, this.#names);
  }

  /** Headings that come again say where each column stands; those of another table end what is read. */
  #begin(row: Row): (Reading & { readonly row: Row }) | undefined {
    this.file.begin();
    this.#order = undefined;
    const again = bindColumns([row], this.dialect);
    this.#fault = again.ok ? undefined : this.#ofOtherTable(row, again.fault);
    // What is refused comes back with the headings that say why.
    if (!again.ok) return this.#fault && { row, ...this.#refused(row, this.#fault, 'heads') };
    this.file.headingsAgain(row.line);
    const from = orderBelow(this.binding, again.value);
    this.#order = from && { from, width: again.value.headings.length };
    return undefined;
  }

  /** Headings on two lines that come again as they were. */
  #repeated({ line }: Row): undefined {
    this.file.begin();
    this.#order = undefined;
    this.#fault = undefined;
    this.file.headingsAgain(line);
    return undefined;
  }

  #ofOtherTable(row: Row, { code, said }: BindingFault): Pick<BindingFault, 'code' | 'said'> {
    if (code !== 'columns_missing' && code !== 'columns_ambiguous') return { code, said };
    const names = row.cells.map(textOf).filter((text) => text !== '');
    const params = { line: row.line, headings: names.join(', ').slice(0, 200) };
    return { code: 'other_table', said: lineFault('other_table', params).said };
  }

  /** A title that begins a section of lines that do not count, or ends one; others are remembered. */
  #titled(row: Row): Pick<BindingFault, 'code' | 'said'> | undefined {
    const title = titleOf(row.cells);
    if (title === undefined) return undefined;
    const { text, beside } = title;
    const kind = kindOfTitle(text);
    if (kind === 'unpaid' || kind === 'taken-back') {
      this.#section = { kind, line: row.line, title: text.slice(0, 100) };
      return sectionFault(SECTION_TITLE[kind], this.#section);
    }
    if (kind === 'paid') this.#section = undefined;
    if (kind !== undefined || (beside && isNote(text))) return undefined;
    const unknown = { line: row.line, title: text.slice(0, 100) };
    // What is said of a whole part holds for its groups.
    if (!isNote(text) && this.#section && this.#section !== this.binding.section) {
      // A subtotal, and a payment that lacks something, have text and an amount as well.
      this.#section = beside ? { ...this.#section, doubt: unknown } : this.binding.section;
    }
    this.#title = unknown;
    return undefined;
  }

  /** A line that sums up those above is no title of those below. */
  #noTitle({ line }: Row): void {
    if (this.#title?.line === line) this.#title = undefined;
  }

  /** Below headings in another order a line has a cell under each of them. */
  #misplaced({ cells }: Row): (CellFault & { code: string }) | undefined {
    if (!this.#order || this.table.format !== 'csv') return undefined;
    const { width } = this.#order;
    if (cells.length === width || (cells.length > width && isBlank(cells.slice(width)))) return undefined;
    const fault = lineFault('cells_count.shifted', { count: cells.length, headings: width });
    return { ...fault, code: fault.reason };
  }

  /**
   * What a line that is no payment says of the amounts below it. Of a payment only a whole line of the table within its label
   * says so: a mark that lost its partner may have gathered it.
   */
  #otherUnit(row: Row, { result, amountCents }: Reading): Pick<BindingFault, 'code' | 'said'> | undefined {
    const within = this.#linesWithin(row);
    const isOfTable = this.#isOfTable(row.cells) || result.ok;
    if (!isOfTable) this.#seeUnitOfTotal(row, amountCents);
    const lines = within.filter((texts) => !this.#isOfTable(texts) && (!isOfTable || texts.length > 1));
    const said = isOfTable ? lines : [row.cells, ...lines];
    for (const cells of said) {
      const note = saidInCells(cells, this.dialect);
      if (!note) continue;
      const code = note.key === 'amount_ttc' ? 'amount_ttc' : 'amount_unit';
      return { code, said: lineFault(code, { line: row.line, text: note.text }).said };
    }
    return undefined;
  }

  /** Whether it is a payment, be it one that lacks something. */
  #isOfTable(cells: Row['cells']): boolean {
    const { at } = this.binding;
    return this.#ofTable.isPayment(cells, at) || this.#ofTable.isLine(cells, at);
  }

  /**
   * The lines of a row as the file has them, where one of its cells holds several: each says what it says by itself. What stands
   * under the amount is one, however it is written.
   */
  #linesWithin({ cells }: Row): string[][] {
    if (!cells.some(holdsLines) || cells.some((cell) => typeof cell === 'string' && cell.length > 3000)) return [];
    const { delimiter = ';' } = this.table;
    const texts = cells.map((cell, i) =>
      i === this.binding.at.amount ? '' : typeof cell === 'string' ? cell : textOf(cell),
    );
    return texts
      .join(delimiter)
      .split(/[\r\n]+/)
      .map((line) => line.split(delimiter));
  }

  /** @param of which cell is refused; `heads`: it is no line of the table, and says why those below it are not taken */
  #refused(
    { cells }: Row,
    { code, said }: Pick<BindingFault, 'code' | 'said'>,
    of: Field | 'heads' = 'amount',
  ): Reading {
    const { reference = 0 } = this.binding.at;
    const at = (of === 'heads' ? undefined : this.binding.at[of]) ?? reference;
    const column = this.binding.headings[at] ?? '';
    return {
      amountCents: undefined,
      result: fail({ column, value: textOf(cells[at]), reason: code, said }),
      noticed: {},
      ...(of === 'heads' ? { heads: true } : {}),
    };
  }
}

const SECTION_LINE = {
  'taken-back': ['section_taken_back', 'section_taken_back.doubt', 'section_taken_back.sheet'],
  unpaid: ['section_unpaid', 'section_unpaid.doubt', 'section_unpaid.sheet'],
  paid: ['section_unpaid', 'section_unpaid.doubt', 'section_unpaid.sheet'],
} as const;
const SECTION_TITLE = { 'taken-back': 'section_taken_back.title', unpaid: 'section_unpaid.title' } as const;

/** Why a line of a section does not count. */
function faultOfSection(section: Section): Pick<BindingFault, 'code' | 'said'> {
  const [ofTitle, doubtful, ofSheet] = SECTION_LINE[section.kind];
  const sure = section.isSheet ? ofSheet : ofTitle;
  return sectionFault(section.doubt ? doubtful : sure, section);
}

function sectionFault(message: LineMessage, { line, title, doubt }: Section): Pick<BindingFault, 'code' | 'said'> {
  const other = doubt ? { other: doubt.title, otherLine: doubt.line } : {};
  const { reason, said } = lineFault(message, { line, title, ...other });
  return { code: reason, said };
}

/** Five digits at its head, as nearly every SIRET has. */
function beginsAsSiret(cell: string): boolean {
  for (let i = 0; i < 5; i++) {
    const code = cell.charCodeAt(i);
    if (!(code >= 0x30 && code <= 0x39)) return false;
  }
  return true;
}

function holdsLines(cell: Cell): boolean {
  return typeof cell === 'string' && (cell.includes('\n') || cell.includes('\r'));
}

/** For each column of the first headings, where it stands below the second; undefined where nothing moved. */
function orderBelow(first: SpendBinding, second: SpendBinding): readonly (number | undefined)[] | undefined {
  const { from } = placesBelow(first, second, nameKey);
  const isSame = from.every((place, to) => place === to) && second.headings.length <= first.headings.length;
  return isSame ? undefined : from;
}

function inOrder(row: Row, order: readonly (number | undefined)[]): Row {
  const cells = order.map((from) => (from === undefined ? '' : (row.cells[from] ?? '')));
  const struck =
    row.struck && order.flatMap((from, to) => (from !== undefined && row.struck?.includes(from) ? [to] : []));
  return { ...row, cells, ...(struck ? { struck } : {}) };
}
