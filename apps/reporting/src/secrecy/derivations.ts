import { eliminate, MOST_STEPS } from './eliminate.js';
import type { Masking } from './masking.js';
import { PRIMES } from './modular.js';
import { peel, type Row } from './peel.js';
import { membersOf } from './system.js';

/** Told numbers, and how often each. */
export type Sum = ReadonlyMap<number, number>;

/** How what is told gives numbers that are not. */
export interface Derivations {
  /** Of a number, the sum of told ones that it is. */
  readonly of: ReadonlyMap<number, Sum>;
  /** Sums of told numbers that always come to nothing: masking one of such a sum alone would hide nothing. */
  readonly bonds: readonly Sum[];
}

/** Undefined where the elimination takes more than `mostSteps`. Derivations that need others are found once those are broken. */
export function derivationsOf(masking: Masking, mostSteps = MOST_STEPS): Derivations | undefined {
  const { variables, equations } = masking.system;
  const [prime] = PRIMES;
  const places = [...variables.keys()].filter((p) => masking.isHidden(p));
  const pivotable = places.length;
  places.push(...[...variables.keys()].filter((p) => masking.isMaskable(p)));
  const columns = new Int32Array(variables.length).fill(-1);
  for (const [column, place] of places.entries()) columns[place] = column;
  const rows = equations.flatMap((equation): Row[] => {
    const there = membersOf(equation).filter((member) => columns[member] !== -1);
    const factors = there.map((member) => (member === equation.total ? prime - 1 : 1));
    return [{ columns: there.map((member) => columns[member] as number), factors }];
  });
  const echelon = eliminate(peel(rows, pivotable).left, { prime, pivotable, mostSteps });
  if (!echelon) return undefined;
  const sumOf = ({ columns: all, factors }: Row): Sum =>
    new Map(all.flatMap((c, i) => (c < pivotable ? [] : [[places[c] as number, factors[i] as number]])));
  const single = echelon.pivots.filter(({ row }) => row.columns.filter((column) => column < pivotable).length === 1);
  return {
    of: new Map(single.map(({ row, column }) => [places[column] as number, sumOf(row)])),
    bonds: echelon.left.map(sumOf),
  };
}
