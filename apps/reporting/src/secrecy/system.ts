import { measureOf } from './grouping.js';
import { type Interval, type Sum, sumsOfEach } from './intervals.js';
import { knownByItself, type Manner, signedAmong } from './known.js';
import { systemOfTables } from './lattice.js';
import type { LatticeInputs } from './lattice-inputs.js';
import { sumsInSums } from './sums-in-sums.js';
import { type Rule, saysTooMuch, type Variable } from './variable.js';

/** All numbers of tables and all sums between them, by their places; the same for the same numbers in any order. */
export interface System {
  readonly variables: readonly Variable[];
  /** Of each number. */
  readonly measures: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  readonly sums: readonly Sum[];
  /** Of each number, the sums in which it stands. */
  readonly of: readonly (readonly number[])[];
  /** The numbers that nobody may know. */
  readonly secrets: readonly number[];
  /** Measures of which some are less than nothing. */
  readonly signed: ReadonlySet<string>;
}

/** @throws Error where numbers that must sum do not */
export function systemFor(inputs: LatticeInputs): System {
  const { variables: unordered, relations } = systemOfTables(inputs);
  const variables = [...unordered].sort((a, b) => (a.id < b.id ? -1 : 1));
  const places = new Map(variables.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => places.get(id) as number;
  const told = relations.map(({ total, parts }): Sum => [placeOf(total), ...parts.map(placeOf).sort((a, b) => a - b)]);
  const sums = [...told, ...sumsInSums(told)].sort(byMembers);
  return {
    variables,
    measures: variables.map(({ id }) => measureOf(id)),
    places,
    sums,
    of: sumsOfEach(sums, variables.length),
    secrets: [...variables.keys()].filter((place) => {
      const variable = variables[place] as Variable;
      return saysTooMuch(variable, variable.isAmount, inputs.rule);
    }),
    signed: signedAmong(variables),
  };
}

/** What a reader knows of each number by the manner in which it is told, before any sum. */
export function knownByThemselves(
  { variables, measures, signed }: System,
  mannerOf: (place: number) => Manner,
  rule: Rule,
): Interval[] {
  return variables.map((variable, place) =>
    knownByItself(variable, mannerOf(place), rule, signed.has(measures[place] as string)),
  );
}

/** An order that does not depend on that in which tables came. */
function byMembers(a: Sum, b: Sum): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
