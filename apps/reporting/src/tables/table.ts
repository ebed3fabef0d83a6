import type { components } from '@gpect/contracts/generated/api-reporting';
import { disclosureOf } from '../bilan/figures.js';
import type { Dimension } from '../cells/dimensions.js';
import type { Cell } from '../cells/read-cells.js';
import { maskedCells } from '../secrecy/secrecy.js';

export type Table = components['schemas']['Table'];
export type Axis = Dimension | 'year';

/** The cells of a table of one or two axes, with their totals. */
export interface TableInputs {
  readonly indicator: string;
  readonly rows: Axis;
  readonly columns?: Axis;
  readonly inner: readonly Cell[];
  readonly rowTotals: readonly Cell[];
  readonly columnTotals: readonly Cell[];
  readonly total: Cell | undefined;
  readonly masked: boolean;
}

/** One indicator cut by one or two axes; the last row, and the last column of a crossed table, are totals. Pure. */
export function tableOf(inputs: TableInputs): Pick<Table, 'rows' | 'columns' | 'cells'> {
  const { indicator, rows, columns, masked } = inputs;
  const rowCodes = codesOf([...inputs.inner, ...inputs.rowTotals], rows);
  const columnCodes = columns ? codesOf([...inputs.inner, ...inputs.columnTotals], columns) : [];
  const at = (cells: readonly Cell[], row?: string, column?: string) =>
    cells.find(
      (cell) =>
        (row === undefined || codeOf(cell, rows) === row) &&
        (column === undefined || !columns || codeOf(cell, columns) === column),
    );
  const grid = [
    ...rowCodes.map((row) => [...columnCodes.map((c) => at(inputs.inner, row, c)), at(inputs.rowTotals, row)]),
    [...columnCodes.map((c) => at(inputs.columnTotals, undefined, c)), inputs.total],
  ].map((line) => line.map((cell) => disclosureOf(cell, indicator)));
  const hidden = masked ? maskedCells(grid, { columns: columns !== undefined }) : undefined;
  return {
    rows: rowCodes,
    columns: columnCodes,
    cells: grid.map((line, r) => line.map(({ value }, c) => (hidden?.[r]?.[c] ? null : value))),
  };
}

function codesOf(cells: readonly Cell[], axis: Axis): string[] {
  return [...new Set(cells.map((cell) => codeOf(cell, axis)))].filter((code) => code !== '').sort();
}

function codeOf(cell: Cell, axis: Axis): string {
  return axis === 'year' ? String(cell.year ?? '') : (cell.at[axis] ?? '');
}
