import { Decimal } from 'decimal.js';
import { tooManyColumns } from './csv-rows.js';
import { MOST_COLUMNS } from './limits.js';
import { BATCH, type Cell, isBlank, type Row } from './table.js';

/** The digits that a spreadsheet keeps of a number; what stands behind them is the noise of binary fractions. */
const DIGITS = 15;

/** A number as a spreadsheet wrote it (`1.5E3`, `2472.7999999999997`) as plain digits; undefined where it is none. */
export function plainNumber(written: string): string | undefined {
  try {
    const value = new Decimal(written);
    return value.isFinite() ? value.toSignificantDigits(DIGITS).toFixed() : undefined;
  } catch {
    return undefined;
  }
}

/** Collects the cells of a sheet into rows; blank ones are passed over. */
export class RowBuilder {
  #cells: Cell[] = [];
  #rows: Row[] = [];

  put(column: number, cell: Cell, line: number): void {
    if (column >= MOST_COLUMNS) throw tooManyColumns(column + 1, line);
    while (this.#cells.length < column) this.#cells.push('');
    this.#cells[column] = cell;
  }

  endRow(line: number, times = 1): void {
    if (!isBlank(this.#cells)) {
      for (let i = 0; i < times; i++) this.#rows.push({ line: line + i, cells: this.#cells });
    }
    this.#cells = [];
  }

  /** The rows so far, once there are enough of them. */
  *take(atLeast = BATCH): Generator<Row[]> {
    if (this.#rows.length < atLeast || this.#rows.length === 0) return;
    const rows = this.#rows;
    this.#rows = [];
    for (let i = 0; i < rows.length; i += BATCH) yield rows.slice(i, i + BATCH);
  }
}
