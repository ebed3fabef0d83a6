import { own } from '@gpect/domain-values/records';
import { type CellFault, cellFault } from '@gpect/tabular-files/cell-messages';
import { siretOfCell } from '@gpect/tabular-files/cells';
import { withMergedWords } from '@gpect/tabular-files/merged-cells';
import { lostSigns } from '@gpect/tabular-files/our-columns';
import { type Remark, remark } from '@gpect/tabular-files/remarks';
import { titleOf } from '@gpect/tabular-files/sections';
import { type Cell, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import type { ImportBinding } from './bind-import.js';
import { HeadingsAgain } from './headings-again.js';
import type { ImportColumn } from './import-columns.js';
import { type ColumnFault, type DayDoubts, LineCells } from './line-cells.js';
import { LineNames } from './line-names.js';
import { importRemark, lineFault } from './messages.js';
import { saidAlready } from './not-done.js';
import { kindOfTitle, type Section } from './sections.js';

/** A line of a file as it stands, its cells by the columns that are wanted. */
export interface ReadRow {
  readonly row: Row;
  readonly kind: 'line' | 'total';
  /** Cells to read; anew at each call, since reading remembers the first fault. */
  cells(): LineCells;
  /** Why it is not taken though its cells may say all that is needed: they cannot be told apart, or what stands around says so. */
  readonly misshapen?: CellFault;
  /** Why it is none of what the file is about, whatever its cells say. */
  readonly apart?: ColumnFault;
  /** What a cell holds, for people. */
  shown(column: string): string;
}

/** How often something was seen, and on which line first. */
class Seen {
  count = 0;
  line = 0;

  at(line: number): void {
    this.count++;
    this.line ||= line;
  }
}

/** What was seen of a file while its lines were read. */
export class ImportSeen {
  constructor(
    private readonly of: {
      readonly mayBePending?: boolean;
      readonly zerosLost?: boolean;
      readonly doubts?: DayDoubts;
    } = {},
  ) {}

  get mayBePending(): boolean {
    return this.of.mayBePending === true;
  }

  /** Whether the file's SIRETs lost the zeros at their heads. */
  get zerosLost(): boolean {
    return this.of.zerosLost === true;
  }

  get doubts(): DayDoubts {
    return this.of.doubts ?? {};
  }

  readonly headings = new Seen();
  readonly totals = new Seen();
  readonly cutShort = new Seen();
  readonly mended = new Seen();
  readonly restored = new Seen();

  remarks(): Remark[] {
    const { headings, totals, cutShort, mended, restored } = this;
    return [
      ...(headings.count > 0 ? [importRemark('headings_repeated', { ...headings })] : []),
      ...(totals.count > 0 ? [importRemark('totals_set_aside', { ...totals })] : []),
      ...(cutShort.count > 0 ? [remark('lines_cut_short', { count: cutShort.count })] : []),
      ...(mended.count > 0 ? [remark('quotes_mended', { count: mended.count })] : []),
      ...(restored.count > 0 ? [importRemark('siret_restored', { count: restored.count })] : []),
    ];
  }
}

/** Reads the lines of one part of a file in their order. */
export class ImportReader {
  readonly #headings: HeadingsAgain;
  readonly #lines: LineNames;
  /** Columns that a line of text must have: those that may not be empty. */
  readonly #needed: readonly number[];
  readonly #read: ReadonlySet<number>;
  readonly #lostSigns: ReturnType<typeof lostSigns>;
  readonly #siret: string;
  readonly #first: string;
  /** What a title says of the lines below it. */
  #section: Section | undefined;

  constructor(
    columns: readonly ImportColumn[],
    private readonly binding: ImportBinding,
    private readonly table: Pick<Table, 'format'>,
    private readonly seen: ImportSeen,
    later: readonly string[] = [],
  ) {
    this.#headings = new HeadingsAgain(columns, binding, later);
    this.#siret = columns.find(({ holds }) => holds === 'siret')?.name ?? '';
    this.#first = columns[0]?.name ?? '';
    this.#section = binding.section;
    this.#lines = new LineNames(columns, binding, seen.mayBePending);
    const read = Object.values(binding.at).flatMap((i) => i ?? []);
    this.#read = new Set(read);
    this.#lostSigns = lostSigns(binding.headings, read);
    this.#needed = columns.filter((c) => !c.mayBeEmpty).flatMap(({ name }) => own(binding.at, name) ?? []);
  }

  /** The line, its cells under the first headings; nothing where it is none, but the headings again. */
  read(given: Row): ReadRow | undefined {
    const kind = this.#headings.see(given);
    if (kind === 'headings') this.seen.headings.at(given.line);
    if (kind === 'headings' || kind === 'over') return undefined;
    if (kind === 'other') return this.#none(given, { misshapen: this.#ofOther() });
    const titled = this.#titled(given);
    if (titled) return this.#none(given, { apart: { column: this.#first, ...titled } });
    const ordered = this.#headings.inOrder(this.table.format === 'csv' ? given : this.#withoutNotes(given));
    const read = withMergedWords(ordered, this.#read);
    const row = this.seen.zerosLost ? this.#withZeros(read) : read;
    const { cells, shown } = this.#of(row);
    const apart = this.#lines.of(this.#headings.withoutOurs(row.cells), shown);
    if (apart === 'total') {
      this.seen.totals.at(row.line);
      return { row, kind: 'total', cells, shown };
    }
    const misshapen = row.cut
      ? cellFault('quote_cut')
      : (this.#misshapen(given.cells) ?? this.#lost(row.cells) ?? this.#struckOut(given) ?? this.#outOfSection(row));
    if (row.mended) this.seen.mended.at(row.line);
    // Of cells that cannot be told apart only a lone one says something.
    const isNote = apart?.reason === 'note_line';
    if (misshapen && !isNote) return { row, kind: 'line', cells, shown, misshapen };
    return { row, kind: 'line', cells, shown, ...(apart ? { apart } : {}) };
  }

  #of(row: Row): Pick<ReadRow, 'row' | 'cells' | 'shown'> {
    const { at, headings } = this.binding;
    return {
      row,
      cells: () => new LineCells(cellsBy(this.binding, row.cells), this.seen.doubts),
      shown: (column) => textOf(row.cells[own(at, column) ?? headings.indexOf(column)]),
    };
  }

  /** A line that is none of those of the table. */
  #none(row: Row, why: Pick<ReadRow, 'misshapen' | 'apart'>): ReadRow {
    return { ...this.#of(row), kind: 'line', ...why };
  }

  #ofOther(): CellFault {
    const { line = 0, headings = '' } = this.#headings.otherTable ?? {};
    return lineFault('other_table', { line, headings });
  }

  /** A title that begins a section of what did not happen, or ends one. */
  #titled(row: Row): CellFault | undefined {
    const cells = this.#headings.withoutOurs(row.cells);
    const title = titleOf(cells)?.text;
    if (
      title === undefined ||
      this.#headings.holdsDigits(
        row,
        cells.findIndex((cell) => textOf(cell) !== ''),
      )
    )
      return undefined;
    const kind = kindOfTitle(title, this.seen.mayBePending);
    if (kind === 'held') this.#section = undefined;
    if (kind !== 'undone') return undefined;
    this.#section = { line: row.line, title: title.slice(0, 100) };
    return lineFault('section_not_done.title', { title: this.#section.title });
  }

  /** A line below such a title, unless it says the same of itself, as that of a firm that gave up does. */
  #outOfSection({ cells }: Row): CellFault | undefined {
    if (!this.#section || saidAlready(this.#section.title, cells, this.#read)) return undefined;
    const { line, title, isSheet } = this.#section;
    return lineFault(isSheet ? 'section_not_done.sheet' : 'section_not_done', { title, ...(isSheet ? {} : { line }) });
  }

  /** A sheet strikes through what does not count. */
  #struckOut({ struck }: Row): CellFault | undefined {
    if (!struck || ![...this.#read].some((column) => struck.includes(this.#headings.placeOf(column)))) return undefined;
    return cellFault('line_struck');
  }

  /** What stands beyond the headings of a sheet is a note beside its table. */
  #withoutNotes(row: Row): Row {
    const { width } = this.#headings;
    return row.cells.length > width ? { ...row, cells: row.cells.slice(0, width) } : row;
  }

  /** A line that comes back from a program that lost signs of it says something else than it did. */
  #lost(cells: readonly Cell[]): CellFault | undefined {
    const at = this.#lostSigns?.(cells);
    return at === undefined ? undefined : cellFault('signs_lost', { shown: textOf(cells[at]).slice(0, 100) });
  }

  /** Below, and in a file of refused lines, the SIRET has its 14 digits. */
  #withZeros(row: Row): Row {
    const at = own(this.binding.at, this.#siret) ?? -1;
    const cell = row.cells[at];
    if (typeof cell !== 'string') return row;
    const read = siretOfCell(cell, true);
    if (!read.ok || !read.value.restored) return row;
    this.seen.restored.at(row.line);
    return { ...row, cells: row.cells.with(at, read.value.siret) };
  }

  /** As spend is read: in a sheet each cell has its place; in CSV what is missing must stand behind all that is needed. */
  #misshapen(cells: readonly Cell[]): CellFault | undefined {
    const { width } = this.#headings;
    if (this.table.format !== 'csv') return undefined;
    const extra = cells.slice(width).some((cell) => textOf(cell) !== '');
    if (!extra && cells.length >= width) return undefined;
    if (!extra && this.#needed.every((column) => this.#headings.placeOf(column) < cells.length)) {
      this.seen.cutShort.at(0);
      return undefined;
    }
    const filled = cells.map(textOf).filter((text) => text !== '');
    const isAlone = filled.length < 2 && !/[;\t|"]|\d{9}/.test(filled[0] ?? '');
    return cellFault(isAlone ? 'cells_count.alone' : 'cells_count', { count: cells.length, headings: width });
  }
}

/** The cells of a line by the columns that are wanted. */
export function cellsBy({ at }: Pick<ImportBinding, 'at'>, cells: readonly Cell[]): Record<string, Cell | undefined> {
  return Object.fromEntries(Object.entries(at).map(([name, i]) => [name, cells[i ?? -1]]));
}
