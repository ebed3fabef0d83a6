import type { components } from '@gpect/contracts/generated/api-reporting';
import type { At } from '../dimensions/dimensions.js';
import { nothingAt } from '../figures/counted-in.js';
import type { Source, ToldCell } from '../secrecy/told.js';
import { inOrder } from './in-order.js';

export type Table = components['schemas']['Table'];
export type Axis = components['schemas']['Axis'];

/** Which table: one indicator, one or two axes, within values of other dimensions. */
export interface TableAsked {
  readonly indicator: string;
  readonly rows: Axis;
  readonly columns?: Axis | undefined;
  readonly where: Readonly<Record<string, string>>;
}

/**
 * One indicator cut by one or two axes; the last row, and the last column of a crossed table, are totals. What has no value of
 * an axis (a workshop has no section) stands in a line of its own, the last before them, at '', so that lines come to the totals; of a
 * release it is in the totals alone.
 */
export async function tableOf(
  source: Source,
  { indicator, rows, columns, where }: TableAsked,
): Promise<Pick<Table, 'rows' | 'columns' | 'cells'>> {
  const cuts = columns ? [[], [rows], [columns], [rows, columns]] : [[], [rows]];
  const [total = [], rowTotals = [], columnTotals = [], inner = []] = await source.cuts(cuts, where, [indicator]);
  const keyOf = (...codes: (string | undefined)[]) => JSON.stringify(codes);
  const byRow = new Map(rowTotals.map((cell) => [cell.at[rows] ?? '', cell]));
  const byColumn = new Map(columnTotals.map((cell) => [cell.at[columns ?? ''] ?? '', cell]));
  const byBoth = new Map(inner.map((cell) => [keyOf(cell.at[rows], cell.at[columns ?? '']), cell]));
  const told = (cell: ToldCell | undefined, at: At = {}) => (cell ?? nothingAt({ ...where, ...at })).value(indicator);
  const atRow = (row: string): At => ({ [rows]: row });
  const atColumn = (column: string): At => (columns ? { [columns]: column } : {});
  const isSomething = (cell: ToldCell) => cell.value(indicator) !== 0;
  const rowCodes = codesOf(
    byRow,
    [...rowTotals, ...inner].some((cell) => cell.at[rows] === '' && isSomething(cell)),
  );
  const columnCodes = codesOf(
    byColumn,
    [...columnTotals, ...inner].some((cell) => columns && cell.at[columns] === '' && isSomething(cell)),
  );
  return {
    rows: rowCodes,
    columns: columnCodes,
    cells: [
      ...rowCodes.map((row) => [
        ...columnCodes.map((column) => told(byBoth.get(keyOf(row, column)), { ...atRow(row), ...atColumn(column) })),
        told(byRow.get(row), atRow(row)),
      ]),
      [...columnCodes.map((column) => told(byColumn.get(column), atColumn(column))), told(total[0])],
    ],
  };
}

/** Those that have a value, and '' behind them where something has none. */
const codesOf = (cells: ReadonlyMap<string, unknown>, isOfNone: boolean): string[] => [
  ...[...cells.keys()].filter((code) => code !== '').sort(inOrder),
  ...(isOfNone ? [''] : []),
];
