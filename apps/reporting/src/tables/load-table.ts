import { cellsOfProgramme, type Instant } from '../bilan/load.js';
import type { At, Dimension } from '../cells/dimensions.js';
import { type Axis, type TableInputs, tableOf } from './table.js';

export interface TableAsked {
  readonly programme: string;
  readonly indicator: string;
  readonly rows: Axis;
  readonly columns?: Axis;
  readonly where: At;
  readonly asOf?: string;
}

/** Reads the cells of a table and of its totals. */
export async function loadTable(instant: Instant, asked: TableAsked, masked: boolean) {
  const { programme, indicator, rows, columns, where, asOf } = asked;
  const read = await cellsOfProgramme(instant, programme);
  const scope = Object.keys(where) as Dimension[];
  const cells = (...axes: (Axis | undefined)[]) => {
    const by = axes.filter((axis): axis is Dimension => axis !== undefined && axis !== 'year');
    return read([...new Set([...scope, ...by])], where, { asOf, byYear: axes.includes('year') });
  };
  const [inner, rowTotals, columnTotals, [total]] = await Promise.all([
    columns ? cells(rows, columns) : [],
    cells(rows),
    columns ? cells(columns) : [],
    cells(),
  ]);
  const inputs: TableInputs = {
    indicator,
    rows,
    ...(columns ? { columns } : {}),
    inner,
    rowTotals,
    columnTotals,
    total,
    masked,
  };
  return tableOf(inputs);
}
