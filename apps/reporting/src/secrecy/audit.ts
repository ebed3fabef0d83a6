import { MOST_STEPS } from './eliminate.js';
import type { Masking } from './masking.js';
import { PRIMES } from './modular.js';
import { nullVector } from './null-vector.js';
import type { Row } from './peel.js';
import { membersOf } from './system.js';
import { sumSaysTooMuch } from './union.js';
import type { Variable } from './variable.js';

/** Of one class, as many pairs are looked at as this many members give. */
const LARGEST_CLASS = 64;

/**
 * What all equations together give away, however they are combined: numbers that must not be derived and are (one each),
 * and numbers that stay unknown, of which the sum is known and says too much (two each). Undefined where the elimination
 * is too long.
 */
export function givenAway(masking: Masking, mostSteps = MOST_STEPS): number[][] | undefined {
  const { variables, equations } = masking.system;
  const places = [...variables.keys()].filter((p) => masking.isHidden(p));
  const columns = new Int32Array(variables.length).fill(-1);
  for (const [column, place] of places.entries()) columns[place] = column;
  const vectors: Float64Array[] = [];
  for (const [i, prime] of PRIMES.entries()) {
    const rows = equations.flatMap((equation): Row[] => {
      const hidden = membersOf(equation).filter((member) => columns[member] !== -1);
      if (hidden.length === 0) return [];
      const factors = hidden.map((member) => (member === equation.total ? prime - 1 : 1));
      return [{ columns: hidden.map((member) => columns[member] as number), factors }];
    });
    const vector = nullVector(rows, places.length, { prime, seed: i + 1, mostSteps });
    if (!vector) return undefined;
    vectors.push(vector);
  }
  const [first, second] = vectors as [Float64Array, Float64Array];
  const isDetermined = (column: number) => first[column] === 0 || second[column] === 0;
  const alone = places.filter((place, column) => isDetermined(column) && masking.isProtected(place)).map((p) => [p]);
  const pairs = opposites(
    first,
    second,
    [...places.keys()].filter((column) => !isDetermined(column)),
  ).map(([a, b]) => [places[a] as number, places[b] as number]);
  return [...alone, ...pairs.filter((pair) => pairSaysTooMuch(masking, pair))];
}

function pairSaysTooMuch(masking: Masking, pair: readonly number[]): boolean {
  if (!pair.some((place) => masking.isProtected(place))) return false;
  const members = pair.map((place) => masking.system.variables[place] as Variable);
  return sumSaysTooMuch(members, true, masking.system.rule);
}

/** Columns of which the one grows by as much as the other shrinks, in every solution: their sum is known. */
function opposites(first: Float64Array, second: Float64Array, columns: readonly number[]): [number, number][] {
  const classes = new Map<number, number[]>();
  for (const column of columns) {
    const key =
      signless(first[column] as number, PRIMES[0]) * PRIMES[1] + signless(second[column] as number, PRIMES[1]);
    const members = classes.get(key);
    if (members) members.push(column);
    else classes.set(key, [column]);
  }
  const isOpposite = (a: number, b: number) => first[a] !== first[b];
  return [...classes.values()].flatMap((members) =>
    members
      .slice(0, LARGEST_CLASS)
      .flatMap((a, i) => members.slice(i + 1).flatMap((b): [number, number][] => (isOpposite(a, b) ? [[a, b]] : []))),
  );
}

const signless = (value: number, prime: number): number => Math.min(value, prime - value);
