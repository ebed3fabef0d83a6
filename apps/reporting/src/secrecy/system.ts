import { mergeEqual } from './merge.js';
import { isNothing, isSensitive, type Relation, type Rule, type Variable } from './variable.js';

/** A relation by the places of its variables. What is nothing is a constant 0, and is left out. */
export interface Equation {
  /** -1 where the total is nothing. */
  readonly total: number;
  readonly parts: readonly number[];
  readonly disjoint: boolean;
}

/** All variables and relations, in an order that does not depend on the one in which they came. */
export interface System {
  readonly rule: Rule;
  /** One for all that always have the same number. */
  readonly variables: readonly Variable[];
  /** The variable of each id. */
  readonly places: ReadonlyMap<string, number>;
  readonly equations: readonly Equation[];
  /** The equations in which each variable stands. */
  readonly equationsOf: readonly (readonly number[])[];
  /** 1 for each variable that nobody may derive, whether it is told or not. */
  readonly sensitive: Uint8Array;
}

/** @throws Error where a relation names a variable that is not there, or two have one id. */
export function systemOf(unordered: readonly Variable[], relations: readonly Relation[], rule: Rule): System {
  const byId = new Map(unordered.map((variable) => [variable.id, variable]));
  if (byId.size !== unordered.length) throw new Error('Two variables have one id.');
  for (const id of relations.flatMap(({ total, parts }) => [total, ...parts]))
    if (!byId.has(id)) throw new Error(`A relation names ${id}, which is no variable.`);
  const merged = mergeEqual(byId, relations);
  const variables = [...new Set(merged.values())].sort((a, b) => (a.id < b.id ? -1 : 1));
  const order = new Map(variables.map((variable, place) => [variable, place]));
  const places = new Map([...merged].map(([id, variable]) => [id, order.get(variable) as number]));
  const placeOf = (id: string): number => places.get(id) as number;
  const isThere = (place: number): boolean => !isNothing(variables[place] as Variable);
  const unsorted = relations
    .map(({ total, parts, disjoint }): Equation => {
      const place = placeOf(total);
      return {
        total: isThere(place) ? place : -1,
        parts: parts.map(placeOf).filter(isThere).sort(byNumber),
        disjoint,
      };
    })
    .filter(({ total, parts }) => parts.length > 0 && !(parts.length === 1 && parts[0] === total));
  const equations = unsorted
    .sort(byPlaces)
    .filter((one, e, all) => e === 0 || byPlaces(one, all[e - 1] as Equation) !== 0);
  const equationsOf: number[][] = variables.map(() => []);
  for (const [e, equation] of equations.entries()) for (const place of membersOf(equation)) equationsOf[place]?.push(e);
  return {
    rule,
    variables,
    places,
    equations,
    equationsOf,
    sensitive: Uint8Array.from(variables, (v) => +isSensitive(v, rule)),
  };
}

export function membersOf({ total, parts }: Equation): readonly number[] {
  return total < 0 ? parts : [total, ...parts];
}

const byNumber = (a: number, b: number): number => a - b;

function byPlaces(a: Equation, b: Equation): number {
  if (a.total !== b.total) return a.total - b.total;
  for (let i = 0; i < Math.min(a.parts.length, b.parts.length); i++) {
    const difference = (a.parts[i] as number) - (b.parts[i] as number);
    if (difference !== 0) return difference;
  }
  return a.parts.length - b.parts.length || Number(a.disjoint) - Number(b.disjoint);
}
