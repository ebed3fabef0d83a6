import { relateAlongDimensions } from './along-dimensions.js';
import { relateFamilies } from './families.js';
import type { LatticeInputs } from './lattice-inputs.js';
import { Numbers } from './numbers.js';
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
