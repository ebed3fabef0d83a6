import type { Cell, Stat } from '../cube/cell.js';
import { byGrouping, dimensionsOf, isTold, variableId } from './grouping.js';
import type { LatticeInputs } from './lattice-inputs.js';
import type { Relation, Variable } from './variable.js';

type At = Cell['at'];

/** What the total, a cell of one dimension, of two… weighs against a cell of two. */
const WEIGHT_BY_DIMENSIONS = [1000, 25, 1];
/** Parts of figures, against figures. */
const WEIGHT_OF_PART = 0.5;

/** All numbers that tables hold, as variables, and the relations that are found between them. */
export class Numbers {
  readonly tables: ReadonlyMap<string, readonly Cell[]>;
  readonly variables = new Map<string, Variable>();
  readonly relations: Relation[] = [];
  /** Of each grouping, the measures that are asked in it. */
  readonly measures: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(readonly inputs: LatticeInputs) {
    this.tables = byGrouping(inputs.tables);
    this.measures = new Map([...this.tables].map(([grouping, cells]) => [grouping, this.#measuresOf(cells)]));
    for (const [grouping, cells] of this.tables)
      for (const { at, of } of cells)
        for (const [measure, stat] of of) if (!inputs.isSecretFree(measure)) this.add(grouping, at, measure, stat);
  }

  /** A number of a cell; one that is never told where its measure is a remainder or its cell is of firms without a value. */
  add(grouping: string, at: At, measure: string, stat: Stat & Partial<Variable>): Variable {
    const id = variableId(grouping, at, measure);
    const told = !measure.startsWith('~') && isTold(grouping, at);
    const variable: Variable = {
      isAmount: this.inputs.isAmount(measure),
      ...stat,
      id,
      told,
      cost: this.#costOf(grouping, measure, stat),
    };
    this.variables.set(id, variable);
    return variable;
  }

  /** The number of a cell; one that is not there is nothing. */
  find(grouping: string, at: At, measure: string): Variable {
    const found = this.variables.get(variableId(grouping, at, measure));
    return found ?? this.add(grouping, at, measure, { value: 0, firms: 0, largest: 0 });
  }

  /** @throws Error where the parts are not the total: what readers may compute would not be what is protected */
  relate(total: Variable, parts: readonly Variable[]): void {
    if (!isSumOf(total, parts)) throw new Error(`${total.id} is not the sum of its ${parts.length} parts.`);
    this.relations.push({ total: total.id, parts: parts.map(({ id }) => id) });
  }

  #measuresOf(cells: readonly Cell[]): ReadonlySet<string> {
    return new Set(cells.flatMap(({ of }) => [...of.keys()]).filter((measure) => !this.inputs.isSecretFree(measure)));
  }

  #costOf(grouping: string, measure: string, { firms }: Stat): number {
    const { dearest = [] } = this.inputs;
    const place = dearest.indexOf(measure.split(':', 1)[0] ?? measure);
    const ofFigure = place < 0 ? 1 : 2 - place / dearest.length;
    const ofPart = measure.includes(':') ? WEIGHT_OF_PART : 1;
    const ofCell = WEIGHT_BY_DIMENSIONS[Math.min(dimensionsOf(grouping).length, 2)] as number;
    return ofCell * ofFigure * ofPart * (1 + Math.log2(1 + firms) / 4);
  }
}

export function isSumOf(total: Stat, parts: readonly Stat[]): boolean {
  const sum = parts.reduce((so, { value }) => so + value, 0);
  return Math.abs(sum - total.value) <= 1e-6 * Math.max(1, Math.abs(total.value));
}
