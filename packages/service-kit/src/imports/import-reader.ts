import { own } from '@gpect/domain-values/records';
import { type CellFault, cellFault } from '@gpect/tabular-files/cell-messages';
import { siretOfCell } from '@gpect/tabular-files/cells';
import { findHeadings, type WantedColumn } from '@gpect/tabular-files/headings';
import { nameKey } from '@gpect/tabular-files/name-key';
import { type Remark, remark } from '@gpect/tabular-files/remarks';
import { type Cell, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { type ImportBinding, type ImportColumn, wantedOf } from './bind-import.js';
import { type ColumnFault, LineCells } from './line-cells.js';
import { LineNames } from './line-names.js';
import { importRemark } from './messages.js';

/** A line of a file as it stands, its cells by the columns that are wanted. */
export interface ReadRow {
  readonly row: Row;
  readonly kind: 'line' | 'total';
  /** Cells to read; anew at each call, since reading remembers the first fault. */
  cells(): LineCells;
  /** Why its cells cannot be told apart. */
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
  constructor(readonly mayBePending = false) {}

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
  #at: Readonly<Partial<Record<string, number>>>;
  readonly #wanted: readonly WantedColumn<string>[];
  readonly #names: ReadonlySet<string>;
  readonly #lines: LineNames;
  /** Cells that a line of text must have: those that may not be empty. */
  readonly #needed: number;

  constructor(
    columns: readonly ImportColumn[],
    private readonly binding: ImportBinding,
    private readonly table: Pick<Table, 'format'>,
    private readonly seen: ImportSeen,
  ) {
    this.#at = binding.at;
    this.#wanted = wantedOf(columns);
    this.#names = new Set(Object.values(binding.at).map((i) => nameKey(binding.headings[i ?? -1] ?? '')));
    this.#lines = new LineNames(columns, binding, seen.mayBePending);
    this.#needed = Math.max(
      ...columns.filter((c) => !c.mayBeEmpty).map(({ name }) => (own(binding.at, name) ?? -1) + 1),
    );
  }

  /** The line; nothing where it is none, but the headings again. */
  read(row: Row): ReadRow | undefined {
    if (this.#isHeadings(row)) return undefined;
    const at = this.#at;
    const place = (column: string) => own(at, column) ?? this.binding.headings.indexOf(column);
    const cell = (column: string): Cell | undefined => row.cells[place(column)];
    const shown = (column: string) => textOf(cell(column));
    const cells = () => new LineCells(Object.fromEntries(Object.keys(at).map((name) => [name, cell(name)])));
    const apart = this.#lines.of(row.cells, shown);
    if (apart === 'total') {
      this.seen.totals.at(row.line);
      return { row, kind: 'total', cells, shown };
    }
    const misshapen = row.cut ? cellFault('quote_cut') : this.#misshapen(row.cells);
    if (row.mended) this.seen.mended.at(row.line);
    // Of cells that cannot be told apart only a lone one says something.
    const isNote = apart?.reason === 'note_line';
    if (misshapen && !isNote) return { row, kind: 'line', cells, shown, misshapen };
    return { row, kind: 'line', cells, shown, ...(apart ? { apart } : {}) };
  }

  /** Headings come again at a page break, or above a second table with its columns in another order. */
  #isHeadings(row: Row): boolean {
    const first = row.cells[own(this.binding.at, this.#wanted[0]?.field ?? '') ?? 0];
    if (typeof first !== 'string' || first.length > 200 || !this.#names.has(nameKey(textOf(first)))) return false;
    const again = findHeadings([row], this.#wanted);
    if (again.missing.length > 0) return false;
    this.seen.headings.at(row.line);
    this.#at = again.at;
    return true;
  }

  /** As spend is read: in a sheet each cell has its place; in CSV what is missing must stand behind all that is needed. */
  #misshapen(cells: readonly Cell[]): CellFault | undefined {
    const { length } = this.binding.headings;
    if (this.table.format !== 'csv') return undefined;
    const extra = cells.slice(length).some((cell) => textOf(cell) !== '');
    if (!extra && cells.length >= length) return undefined;
    if (!extra && cells.length >= this.#needed) {
      this.seen.cutShort.at(0);
      return undefined;
    }
    return cellFault('cells_count', { count: cells.length, headings: length });
  }
}

/** The cells of a line as texts that are read as the same again: a SIRET that a sheet keeps as a number has its zeros. */
export function asTexts(cells: readonly Cell[], siretAt: number | undefined): string[] {
  return cells.map((cell, i) => {
    const siret = i === siretAt && typeof cell === 'object' ? siretOfCell(cell, false) : undefined;
    return siret?.ok ? siret.value.siret : textOf(cell);
  });
}
