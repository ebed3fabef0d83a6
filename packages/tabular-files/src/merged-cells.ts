import { type Cell, type Row, textOf } from './table.js';
import { FileUnreadable } from './unreadable.js';

/** Cells that a sheet shows as one, its edges included: columns from 0, lines from 1. */
export interface MergedRange {
  readonly from: { readonly column: number; readonly line: number };
  readonly to: { readonly column: number; readonly line: number };
}

const MOST_RANGES = 200_000;
/** Cells that are marked on all lines of one sheet. */
const MOST_MARKED = 10_000_000;

/**
 * The merged cells of one sheet, told before its lines are read. What the top left cell holds is what the sheet shows; the
 * others hold nothing that anybody sees, whatever is kept beneath.
 */
export class MergedCells {
  readonly #ranges: MergedRange[] = [];
  #sorted = true;

  /** @throws FileUnreadable beyond what any sheet needs */
  add(range: MergedRange): void {
    if (this.#ranges.length >= MOST_RANGES)
      throw new FileUnreadable('sheet_broken', { why: `more than ${MOST_RANGES} merged cells` });
    this.#sorted &&= (this.#ranges.at(-1)?.from.line ?? 0) <= range.from.line;
    this.#ranges.push(range);
  }

  /** Where cells begin that are merged over several lines, the first of them, by column and line. */
  tops(most: number): { column: number; line: number }[] {
    const tops: { column: number; line: number }[] = [];
    for (const { from, to } of this.#ranges)
      for (let column = from.column; to.line > from.line && column <= to.column && tops.length < most; column++)
        tops.push({ column, line: from.line });
    return tops;
  }

  /** Over which columns cells of one line are merged, or of several lines that begin on it. */
  spans(line: number): NonNullable<Row['spans']> {
    return this.#ranges
      .filter(({ from, to }) => from.line === line && to.column > from.column)
      .map(({ from, to }) => [from.column, to.column] as const);
  }

  /**
   * Marks the cells of rows that are given in their order, as far as any row is wide.
   * @param width of the widest row
   */
  marking(width: number): (row: Row) => Row {
    if (this.#ranges.length === 0) return (row) => row;
    if (!this.#sorted) this.#ranges.sort((a, b) => a.from.line - b.from.line);
    this.#sorted = true;
    const ranges = this.#ranges;
    const over = new Map<number, { readonly range: MergedRange; readonly shown: Cell }>();
    let next = 0;
    let marked = 0;
    return (row) => {
      const { line } = row;
      for (let range = ranges[next]; range && range.from.line <= line; range = ranges[++next]) {
        if (range.to.line < line) continue;
        const { column } = range.from;
        const shown = range.from.line === line ? (row.cells[column] ?? '') : '';
        for (let at = column; at <= Math.min(range.to.column, width - 1); at++) over.set(at, { range, shown });
      }
      if (over.size === 0) return row;
      marked += over.size;
      if (marked > MOST_MARKED)
        throw new FileUnreadable('sheet_broken', { why: `more than ${MOST_MARKED} merged cells` }, line);
      return { ...row, ...this.#marked(row, over) };
    };
  }

  #marked(
    { cells: given, line }: Row,
    over: Map<number, { readonly range: MergedRange; readonly shown: Cell }>,
  ): Pick<Row, 'cells' | 'merged'> {
    const cells = [...given];
    let merged = false;
    for (const [column, { range, shown }] of over) {
      if (range.to.line < line) {
        over.delete(column);
        continue;
      }
      const { from } = range;
      if (column === from.column && line === from.line) continue;
      while (cells.length < column) cells.push('');
      // Beside the first cell there is nothing; below it, nothing of its own.
      if (line === from.line) cells[column] = '';
      else {
        cells[column] = {
          text: '',
          kind: 'merged',
          line: from.line,
          shown: column === from.column ? textOf(shown) : '',
        };
        merged = true;
      }
    }
    return merged ? { cells, merged } : { cells };
  }
}

/** What a merged cell shows holds for all of its lines, in columns that are not read. */
export function withMergedWords(row: Row, read: ReadonlySet<number>): Row {
  if (!row.merged) return row;
  const cells = row.cells.map((cell, i) =>
    typeof cell === 'object' && 'kind' in cell && cell.kind === 'merged' && !read.has(i) ? cell.shown : cell,
  );
  return { ...row, cells };
}
