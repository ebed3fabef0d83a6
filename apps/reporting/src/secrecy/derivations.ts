import { eliminate, MOST_STEPS } from './eliminate.js';
import { expressed } from './expressed.js';
import type { Masking } from './masking.js';
import { inverse, PRIMES, times } from './modular.js';
import { peel, type Row } from './peel.js';
import type { Sum } from './sum.js';
import { type Equation, membersOf } from './system.js';

/** How what is told gives what is not. */
export interface Derivations {
  /** Of each target, the sum of told numbers that it is; undefined where it was not found. */
  readonly of: readonly (Sum | undefined)[];
  /** Sums of told numbers that always come to nothing: masking one of such a sum alone would hide nothing. */
  readonly bonds: readonly Sum[];
}

/**
 * How told numbers give each of the targets: a number that is not told, or the sum of two. Undefined where the elimination
 * takes more than `mostSteps`.
 */
export function derivationsOf(
  masking: Masking,
  targets: readonly (readonly number[])[],
  mostSteps = MOST_STEPS,
): Derivations | undefined {
  const { rows, places, columns, pivotable } = rowsOf(masking);
  const { pivots, left } = peel(rows, pivotable);
  const echelon = eliminate(left, { prime, pivotable, mostSteps });
  if (!echelon) return undefined;
  const found = expressed(
    [...pivots, ...echelon.pivots],
    targets.map((target) => target.map((place) => columns[place] as number)),
    { pivotable, prime },
  );
  return {
    of: found.map((sum) => sum && named(sum, places)),
    bonds: echelon.left.map((row) => named(sumOf(row), places)),
  };
}

/**
 * The same of one target, however it hangs on others: they are all solved for first, and it is carried to the end. Only
 * what is `near` it may change, so that something found is right, and nothing found may be found further away.
 */
export function derivationOf(
  masking: Masking,
  target: readonly number[],
  { near, mostSteps = MOST_STEPS }: { near: ReadonlySet<number>; mostSteps?: number },
): Derivations | undefined {
  const { rows: all, places, columns, pivotable } = rowsOf(masking, { carried: target[0], near });
  const [aim, other] = [pivotable, columns[target[1] ?? -1]];
  // Of a sum of two the one stands for the sum, less the other.
  const rows = all.map((row): Row => {
    const factor = row.factors[row.columns.indexOf(aim)];
    if (factor === undefined || other === undefined) return row;
    const sum = new Map(sumOf(row));
    sum.set(other, ((sum.get(other) ?? 0) + prime - factor) % prime);
    const there = [...sum].filter(([, by]) => by !== 0);
    return { columns: there.map(([column]) => column), factors: there.map(([, by]) => by) };
  });
  const echelon = eliminate(peel(rows, pivotable).left, { prime, pivotable, mostSteps });
  if (!echelon) return undefined;
  const sums = echelon.left.map((row) => new Map(sumOf(row)));
  const found = sums.find((sum) => sum.has(aim));
  if (!found) return { of: [undefined], bonds: sums.map((sum) => named(sum, places)) };
  const scale = inverse(found.get(aim) as number, prime);
  found.delete(aim);
  const bonds = sums.filter((sum) => sum !== found);
  for (const bond of bonds) {
    const factor = times(bond.get(aim) ?? 0, scale, prime);
    if (!bond.delete(aim)) continue;
    for (const [column, by] of found) {
      const after = ((bond.get(column) ?? 0) + prime - times(by, factor, prime)) % prime;
      if (after === 0) bond.delete(column);
      else bond.set(column, after);
    }
  }
  return { of: [named(found, places)], bonds: bonds.map((bond) => named(bond, places)) };
}

const [prime] = PRIMES;

/** Equations as rows: first what is not told, then (`carried` and) what is. */
function rowsOf(
  masking: Masking,
  { carried, near }: { carried?: number | undefined; near?: ReadonlySet<number> } = {},
) {
  const { variables, equations, equationsOf } = masking.system;
  const isNear = (place: number) => !near || (equationsOf[place] as readonly number[]).every((e) => near.has(e));
  const some = near
    ? [...new Set([...near].flatMap((e) => membersOf(equations[e] as Equation)))].filter(isNear).sort((a, b) => a - b)
    : [...variables.keys()];
  const places = some.filter((place) => place !== carried && masking.isHidden(place));
  const pivotable = places.length;
  if (carried !== undefined) places.push(carried);
  places.push(...some.filter((place) => masking.isMaskable(place)));
  const columns = new Int32Array(variables.length).fill(-1);
  for (const [column, place] of places.entries()) columns[place] = column;
  const rows = (near ? [...near].sort((a, b) => a - b).map((e) => equations[e] as Equation) : equations).map(
    (equation): Row => {
      const there = membersOf(equation).filter((member) => columns[member] !== -1);
      const factors = there.map((member) => (member === equation.total ? prime - 1 : 1));
      return { columns: there.map((member) => columns[member] as number), factors };
    },
  );
  return { rows, places, columns, pivotable };
}

function sumOf({ columns, factors }: Row): Sum {
  return new Map(columns.map((column, i) => [column, factors[i] as number]));
}

function named(sum: Sum, places: readonly number[]): Sum {
  return new Map([...sum].map(([column, factor]) => [places[column] as number, factor]));
}
