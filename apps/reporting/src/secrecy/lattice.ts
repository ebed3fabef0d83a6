import { relateAlongDimensions } from './along-dimensions.js';
import { crossOf } from './cross.js';
import { relateFamilies } from './families.js';
import { isTold, variableId } from './grouping.js';
import type { LatticeInputs, Told, ToldCell } from './lattice-inputs.js';
import { Numbers } from './numbers.js';
import { suppress } from './suppress.js';
import { isNothing, type Relation, type Variable } from './variable.js';

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
 * Tables as they may be told, all of them together: cells of firms without a value of a dimension are left out; null is what
 * is masked, and what is nothing, so that nobody knows of a masked count that it is one at least. Groupings are named as
 * they came.
 * @throws Error where numbers that must sum do not
 */
export function toldTables(inputs: LatticeInputs): Told {
  const { variables, relations } = systemOfTables(inputs);
  const { masked, withheld } = suppress(variables, relations, inputs.rule);
  const tables = new Map<string, readonly ToldCell[]>();
  let cells = 0;
  for (const [grouping, all] of inputs.tables) {
    const told = all.filter(({ at }) => isTold(grouping, at));
    const measures = [...new Set(told.flatMap(({ of }) => [...of.keys()]))].filter((m) => !m.startsWith('~')).sort();
    const isFree = (measure: string) => inputs.isSecretFree(measure);
    cells += told.flatMap(({ of }) =>
      [...of].filter(([m, stat]) => !m.startsWith('~') && !isFree(m) && !isNothing(stat)),
    ).length;
    tables.set(
      grouping,
      crossOf(grouping, told).map(({ at, of }) => {
        const tell = (measure: string): number | null => {
          const stat = of.get(measure);
          if (isFree(measure)) return stat?.value ?? 0;
          const isUntold = !stat || isNothing(stat) || masked.has(variableId(grouping, at, measure));
          return isUntold ? null : stat.value;
        };
        return { at, of: new Map(measures.map((measure) => [measure, tell(measure)])) };
      }),
    );
  }
  return { tables, counts: { cells, masked: masked.size }, withheld };
}
