import loadHighs from 'highs';
import type { Manner } from '../../src/secrecy/known.js';
import { rounded } from '../../src/secrecy/rounding.js';
import type { Relation, Rule, Variable } from '../../src/secrecy/variable.js';

// Its types are those of its CommonJS build, of which the default is a property.
const highs = await (loadHighs as unknown as typeof loadHighs.default)();

/** The least and the greatest number that a masked one may be, for all that a reader can tell. */
export interface Range {
  readonly id: string;
  readonly least: number;
  readonly greatest: number;
}

/** Numbers of rows of firms that a reader knows between two values, and sums of them that are sums of numbers of tables. */
export interface RowsKnown {
  readonly numbers: readonly Range[];
  readonly sums: readonly { readonly cells: readonly string[]; readonly classes: readonly string[] }[];
}
const NO_ROWS: RowsKnown = { numbers: [], sums: [] };

/** Amounts are reckoned in euros: cents would be too far from counts for the solver. */
const unitOf = ({ isAmount }: Variable): number => (isAmount ? 100 : 1);
/** Of what is far beyond all that is told, no more is asked. */
const FAR = 1e7;

/**
 * What a reader makes of a release: of each target the least and the greatest value that all told numbers and all sums leave
 * open together. He knows to what each is rounded, what is nothing, and that nothing is below nothing but what is told so.
 */
export function attack(
  variables: readonly Variable[],
  relations: readonly Relation[],
  {
    manners,
    rule,
    targets,
    rows: told = NO_ROWS,
  }: { manners: ReadonlyMap<string, Manner>; rule: Rule; targets: readonly Variable[]; rows?: RowsKnown },
): Range[] {
  const columns = new Map([...variables, ...told.numbers].map(({ id }, i) => [id, i]));
  const measureOf = (id: string) => (JSON.parse(id) as string[]).at(-1);
  const signed = new Set(variables.filter(({ value }) => value < 0).map(({ id }) => measureOf(id)));
  const bounds = variables.map((v): [number, number] => {
    const [low, high] = boundsOf(v, manners.get(v.id), rule, signed.has(measureOf(v.id)) ? -FAR : 0);
    return [Math.max(low / unitOf(v), -FAR), Math.min(high / unitOf(v), FAR)];
  });
  for (const { least, greatest } of told.numbers) bounds.push([least, greatest]);
  const rows = [
    ...relations.map(({ total, parts }) => [[total, -1] as const, ...parts.map((part) => [part, 1] as const)]),
    ...told.sums.map(({ cells, classes }) => [
      ...cells.map((cell) => [cell, -1] as const),
      ...classes.map((one) => [one, 1] as const),
    ]),
  ];
  const zero = new Float64Array(rows.length);
  const model = highs.createModel({
    numCols: bounds.length,
    numRows: rows.length,
    colCost: new Float64Array(bounds.length),
    colLower: Float64Array.from(bounds, ([least]) => least),
    colUpper: Float64Array.from(bounds, ([, greatest]) => greatest),
    rowLower: zero,
    rowUpper: zero,
    matrix: {
      format: 'csr',
      numCols: bounds.length,
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
    return targets.map((target) => {
      const column = columns.get(target.id) as number;
      return { id: target.id, least: end(column, 1) * unitOf(target), greatest: end(column, -1) * unitOf(target) };
    });
  } finally {
    model.dispose();
  }
}

/** What is told of a number by itself. Written apart from the product's own, which it is to prove. */
function boundsOf(v: Variable, manner: Manner | undefined, rule: Rule, lowest: number): [number, number] {
  if (manner?.how === 'exact') return [v.value, v.value];
  if (manner?.how !== 'rounded') return [lowest, Number.POSITIVE_INFINITY];
  const told = rounded(v.value, manner.base);
  const half = manner.base / 2;
  // The smallest multiple is told for everything below it, too.
  const low = told === manner.base ? 0 : told - half;
  const least = v.isAmount ? lowest : Math.min(v.value, rule.leastFirms);
  return [Math.max(low, least), told === -manner.base ? 0 : told + half];
}

function startsOf(rows: readonly (readonly unknown[])[]): number[] {
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + row.length);
  return starts;
}
