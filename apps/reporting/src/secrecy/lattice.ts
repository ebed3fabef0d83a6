import { relateAlongDimensions } from './along-dimensions.js';
import { relateFamilies } from './families.js';
import { isTold, variableId } from './grouping.js';
import type { LatticeInputs, Told, ToldCell } from './lattice-inputs.js';
import { Numbers } from './numbers.js';
import { suppress } from './suppress.js';
import type { Relation, Variable } from './variable.js';

/** All numbers of tables as one system: each measure of each cell, what is never told, and all that sums to another. */
export function systemOfTables(inputs: LatticeInputs): {
  readonly variables: readonly Variable[];
  readonly relations: readonly Relation[];
} {
  const numbers = new Numbers(inputs);
  relateFamilies(numbers);
  relateAlongDimensions(numbers);
  return { variables: [...numbers.variables.values()], relations: numbers.relations };
}

/**
 * Tables as they may be told, all of them together: cells of firms without a value of a dimension are left out, and masked
 * numbers are null. Groupings are named as they came.
 * @throws Error where numbers that must sum do not
 */
export function toldTables(inputs: LatticeInputs): Told {
  const { variables, relations } = systemOfTables(inputs);
  const { masked, withheld } = suppress(variables, relations, inputs.rule);
  const tables = new Map<string, readonly ToldCell[]>();
  let cells = 0;
  for (const [grouping, all] of inputs.tables) {
    const told = all.filter(({ at }) => isTold(grouping, at));
    tables.set(
      grouping,
      told.map(({ at, of }) => {
        const measures = [...of].filter(([measure]) => !measure.startsWith('~'));
        cells += measures.filter(([measure]) => !inputs.isSecretFree(measure)).length;
        const isMasked = (measure: string) => masked.has(variableId(grouping, at, measure));
        return { at, of: new Map(measures.map(([m, { value }]) => [m, isMasked(m) ? null : value])) };
      }),
    );
  }
  return { tables, counts: { cells, masked: masked.size }, withheld };
}
