import loadHighs from 'highs';
import type { Relation, Variable } from '../../src/secrecy/variable.js';
import { isNothing } from '../../src/secrecy/variable.js';

// Its types are those of its CommonJS build, of which the default is a property.
const highs = await (loadHighs as unknown as typeof loadHighs.default)();

/** The least and the greatest number that a masked one may be, for all that a reader can tell. */
export interface Range {
  readonly id: string;
  readonly least: number;
  readonly greatest: number;
}

/** Beyond this an amount is taken to be without bounds. */
const FAR = 1e7;
/** The solver's own inexactness. */
export const EXACT = 1e-4;

/**
 * What a reader makes of a release: he has every told number and every relation, counts are not below nothing, and (more
 * than he is told) he knows what is nothing. Of each target a linear programme gives the least and the greatest value.
 */
export function attack(
  variables: readonly Variable[],
  relations: readonly Relation[],
  masked: ReadonlySet<string>,
  targets: readonly string[],
): Range[] {
  const isKnown = (v: Variable) => isNothing(v) || (v.told && !masked.has(v.id));
  const columns = new Map(variables.map(({ id }, i) => [id, i]));
  const rows = relations.map(({ total, parts }) => [[total, -1] as const, ...parts.map((part) => [part, 1] as const)]);
  const bound = (v: Variable): [number, number] => (isKnown(v) ? [v.value, v.value] : [v.isAmount ? -FAR : 0, FAR]);
  const bounds = variables.map(bound);
  const zero = new Float64Array(rows.length);
  const model = highs.createModel({
    numCols: variables.length,
    numRows: rows.length,
    colCost: new Float64Array(variables.length),
    colLower: Float64Array.from(bounds, ([least]) => least),
    colUpper: Float64Array.from(bounds, ([, greatest]) => greatest),
    rowLower: zero,
    rowUpper: zero,
    matrix: {
      format: 'csr',
      numCols: variables.length,
      numRows: rows.length,
      starts: startsOf(rows),
      indices: rows.flatMap((row) => row.map(([id]) => columns.get(id) as number)),
      values: rows.flatMap((row) => row.map(([, factor]) => factor)),
    },
  });
  try {
    model.options.set({ output_flag: false });
    const end = (column: number, sign: 1 | -1): number => {
      model.changeColCost(column, sign);
      model.run();
      if (model.getModelStatus() !== highs.constants.modelStatus.optimal)
        throw new Error('The attack has no solution.');
      const value = model.getSolution().colValue[column] as number;
      model.changeColCost(column, 0);
      return value;
    };
    return targets.map((id) => {
      const column = columns.get(id) as number;
      return { id, least: end(column, 1), greatest: end(column, -1) };
    });
  } finally {
    model.dispose();
  }
}

function startsOf(rows: readonly (readonly unknown[])[]): number[] {
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + row.length);
  return starts;
}
