import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail } from '@gpect/domain-values/result';
import type { CellFault } from '@gpect/tabular-files/cell-messages';
import type { BindingFault } from '@gpect/tabular-files/headings';
import { nameKey } from '@gpect/tabular-files/name-key';
import type { Remark } from '@gpect/tabular-files/remarks';
import { type Cell, isBlank, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { bindColumns, fileRemark, type SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { otherThan, unitNotedIn } from '../dialect/unit-of.js';
import { lineFault } from './line-fault.js';
import { LineReader, type Reading } from './read-line.js';
import {
  NO_TOTAL_LINES,
  namesOfLine,
  namesOfTotal,
  remarksOfTotals,
  TotalLines,
  type TotalsSeen,
} from './total-lines.js';

/** What was seen of a file beyond its single lines, from its beginning to where it was read. */
export interface Seen {
  readonly totals: TotalsSeen;
  /** Lines that repeat the headings, as a page break or a second table does. */
  readonly headings: { readonly count: number; readonly line: number };
}
export const NOTHING_SEEN: Seen = { totals: NO_TOTAL_LINES, headings: { count: 0, line: 0 } };

/** What the parts of one file have in common while it is read. */
export class FileReading {
  readonly totals = new TotalLines();
  #headings = NOTHING_SEEN.headings;

  get seen(): Seen {
    return { totals: this.totals.seen, headings: this.#headings };
  }

  headingsAgain(line: number): void {
    this.#headings = { count: this.#headings.count + 1, line: this.#headings.line || line };
  }
}

/**
 * Reads the lines of one part of a file in their order, and what only their order tells: totals are compared with the lines
 * above them, headings that come again say where each column stands from there on, and a note on another unit ends what is
 * read in euros.
 */
export class TableReader {
  readonly #lines: LineReader;
  readonly #names: ReadonlySet<string>;
  /** Where the columns stand below headings that came again in another order. */
  #order: { readonly from: readonly number[]; readonly width: number } | undefined;
  /** Why nothing below can be read. */
  #fault: Pick<BindingFault, 'code' | 'said'> | undefined;

  constructor(
    private readonly dialect: Dialect,
    private readonly binding: SpendBinding,
    private readonly table: Pick<Table, 'format' | 'delimiter' | 'encoding'>,
    today: CalendarDate,
    private readonly file: FileReading,
  ) {
    this.#lines = new LineReader(dialect, binding, table, today);
    this.#names = new Set(
      [...binding.headings, ...Object.values(dialect.columns).flat()].map(nameKey).filter((key) => key !== ''),
    );
    file.totals.begin();
  }

  /** The line as it is read; nothing where it is none, but the headings again. */
  read(given: Row): (Reading & { readonly row: Row }) | undefined {
    if (this.#isHeadings(given)) {
      this.#begin(given);
      return undefined;
    }
    const row = this.#order ? { ...given, cells: inOrder(given.cells, this.#order.from) } : given;
    const fault = this.#fault ?? this.#misplaced(given);
    if (fault) return { row, ...this.#refused(row, fault) };
    const reading = this.#judged(row, this.#lines.read(row));
    if (reading.total) return { row, ...reading, ...this.#total(row, reading.amountCents) };
    if (!reading.result.ok) {
      if (reading.bare && this.file.totals.sumsUp(reading.amountCents ?? 0))
        return { row, ...reading, total: true, ...this.#total(row, reading.amountCents) };
      const unit = this.#otherUnit(row);
      if (unit) {
        this.#fault = unit;
        return { row, ...this.#refused(row, unit) };
      }
    }
    // What may be a total is none of the lines that totals are compared with.
    const cents = reading.otherwise ? undefined : reading.amountCents;
    this.file.totals.line(cents, namesOfLine(row, this.binding));
    return { row, ...reading };
  }

  /**
   * A line that is called a total and has what a payment has. It is a total by being the sum of lines above, where it is called
   * nothing else, or is the sum of several. It is a payment where its name may be one and it is no sum of lines that can all be
   * read. Else nobody can say.
   */
  #judged(row: Row, reading: Reading): Reading {
    const { otherwise, amountCents, noticed } = reading;
    if (!otherwise) return reading;
    const { result, called } = otherwise;
    const { totals } = this.file;
    const names = namesOfTotal(row, this.binding);
    const sums = (atLeast: number) => amountCents !== undefined && totals.agrees(amountCents, names, atLeast);
    if (sums(called === 'total' ? 1 : 2) && (called === 'total' || !result.ok)) return reading;
    if (!result.ok && called !== 'total') return { result, amountCents, noticed };
    if (called !== 'total' && !sums(1) && (called === 'label' || !totals.lacksAmounts))
      return { result, amountCents, noticed };
    return { result: this.#lines.totalOrPayment(row.cells), amountCents, noticed, otherwise };
  }

  #total(row: Row, cents: number | undefined): Pick<Reading, 'differs'> {
    const differs = this.file.totals.total(row.line, cents, namesOfTotal(row, this.binding));
    return differs ? { differs } : {};
  }

  /** Headings have no digit where a SIRET stands, and names that this file or its dialect gives to columns in most cells. */
  #isHeadings({ cells }: Row): boolean {
    const at = this.binding.at.siret ?? 0;
    const siret = cells[this.#order?.from[at] ?? at];
    if (typeof siret !== 'string' || siret === '' || /\d/.test(siret)) return false;
    const filled = cells.map(textOf).filter((text) => text !== '');
    const known = filled.filter((text) => text.length <= 200 && this.#names.has(nameKey(text)));
    return known.length >= 3 && known.length * 2 > filled.length;
  }

  #begin(row: Row): void {
    this.file.headingsAgain(row.line);
    this.file.totals.begin();
    const again = bindColumns([row], this.dialect);
    this.#fault = again.ok ? undefined : again.fault;
    if (!again.ok) return;
    const from = orderOf(this.binding, again.value);
    this.#order = from && { from, width: again.value.headings.length };
  }

  /** Below headings in another order a line has a cell under each of them. */
  #misplaced({ cells }: Row): (CellFault & { code: string }) | undefined {
    if (!this.#order || this.table.format !== 'csv') return undefined;
    const { width } = this.#order;
    if (cells.length === width || (cells.length > width && isBlank(cells.slice(width)))) return undefined;
    const fault = lineFault('cells_count.shifted', { count: cells.length, headings: width });
    return { ...fault, code: fault.reason };
  }

  /** A line that is no payment and says that the amounts are in another unit. */
  #otherUnit(row: Row): Pick<BindingFault, 'code' | 'said'> | undefined {
    const texts = row.cells.map(textOf);
    // A payment that lacks something has a SIRET or a day all the same.
    if (texts.some((text) => /\d{9}/.test(text.replace(/[\s.]/g, '')) || A_DAY.test(text))) return undefined;
    const noted = unitNotedIn(texts);
    if (!noted || !otherThan(this.dialect.unit, noted.unit)) return undefined;
    const params = { line: row.line, text: noted.text.slice(0, 100) };
    return { code: 'amount_unit', said: lineFault('amount_unit', params).said };
  }

  #refused({ cells }: Row, { code, said }: Pick<BindingFault, 'code' | 'said'>): Reading {
    const at = this.binding.at.reference ?? 0;
    const column = this.binding.headings[at] ?? '';
    return {
      amountCents: undefined,
      result: fail({ column, value: textOf(cells[at]), reason: code, said }),
      noticed: {},
    };
  }
}

const A_DAY = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)/;

/** For each column of the first headings, where it stands below the second; undefined where nothing moved. */
function orderOf(first: SpendBinding, second: SpendBinding): number[] | undefined {
  const free = new Set(second.headings.keys());
  const order = first.headings.map(() => -1);
  const place = (to: number, from: number | undefined) => {
    if (from === undefined || !free.delete(from)) return;
    order[to] = from;
  };
  for (const [field, to] of Object.entries(first.at)) place(to, second.at[field as keyof SpendBinding['at']]);
  for (const [to, heading] of first.headings.entries())
    if (order[to] === -1)
      place(
        to,
        [...free].find((from) => nameKey(second.headings[from] ?? '') === nameKey(heading)),
      );
  return order.every((from, to) => from === to) && second.headings.length <= first.headings.length ? undefined : order;
}

function inOrder(cells: readonly Cell[], order: readonly number[]): Cell[] {
  return order.map((from) => cells[from] ?? '');
}

/** What is said of a file for what was seen of it. */
export function remarksOfSeen({ totals, headings }: Seen): Remark[] {
  return [
    ...(headings.count > 0 ? [fileRemark('headings_repeated', { count: headings.count, line: headings.line })] : []),
    ...remarksOfTotals(totals),
  ];
}
