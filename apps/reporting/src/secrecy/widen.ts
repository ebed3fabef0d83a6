import { isOfWhole } from './grouping.js';
import type { Interval, Sum } from './intervals.js';
import { MASKED, type Manner, roundedBy } from './known.js';
import { isNothing, type Variable } from './variable.js';

/** All that a reader knows, by the places of numbers. */
export interface Known {
  readonly variables: readonly Variable[];
  /** Of each number. */
  readonly measures: readonly string[];
  readonly intervals: readonly Interval[];
  readonly sums: readonly Sum[];
  /** May be changed. */
  readonly manners: Manner[];
}

/**
 * Masks the cheapest number by which one is pinned: of the sums that say so, or where those hold nothing that is told, of
 * those by which their own numbers are known. Numbers of the whole programme are last, and are rounded first.
 * @param isWholeToo whether numbers of the whole programme may be rounded or masked for it
 * @returns whether one was
 */
export function widen(secret: number, known: Known, isWholeToo = true): boolean {
  const { intervals, sums, variables, manners } = known;
  const seen = new Set([secret]);
  const ofWhole = (places: Iterable<number>) => [...places].filter((at) => isOfWhole(variables[at] as Variable));
  let near = [secret];
  while (near.length > 0) {
    const next = near
      .flatMap((place) => {
        const { byLow, byHigh } = intervals[place] as Interval;
        return [byLow, byHigh].flatMap((sum) => (sum === undefined ? [] : [...(sums[sum] as Sum)]));
      })
      .filter((place) => !seen.has(place));
    for (const place of next) seen.add(place);
    if (isWholeToo && isOfWhole(variables[secret] as Variable) && coarsen(ofWhole(next), known)) return true;
    const cheapest = cheapestOf(
      [...new Set(next)].filter((place) => !isOfWhole(variables[place] as Variable)),
      known,
      ['exact', 'rounded'],
    );
    if (cheapest !== undefined) {
      manners[cheapest] = MASKED;
      return true;
    }
    near = next;
  }
  return isWholeToo && coarsen(ofWhole(seen), known);
}

/** Masks all that is told of measures, and of what sums with them. */
export function maskMeasures(measures: ReadonlySet<string>, known: Known): void {
  for (const sum of known.sums) {
    if (!sum.some((place) => measures.has(known.measures[place] as string))) continue;
    for (const place of sum) {
      const variable = known.variables[place] as Variable;
      if (variable.told && !isNothing(variable)) known.manners[place] = MASKED;
    }
  }
}

/** Of numbers of the whole programme the cheapest is rounded, or masked where all are rounded. @returns whether one was */
function coarsen(whole: readonly number[], known: Known): boolean {
  for (const how of ['exact', 'rounded'] as const) {
    const cheapest = cheapestOf(whole, known, [how]);
    if (cheapest === undefined) continue;
    const variable = known.variables[cheapest] as Variable;
    known.manners[cheapest] = how === 'exact' ? roundedBy(variable) : MASKED;
    return true;
  }
  return false;
}

function cheapestOf(places: readonly number[], known: Known, hows: readonly Manner['how'][]): number | undefined {
  const { variables, manners } = known;
  const costOf = (place: number) => (variables[place] as Variable).cost;
  const [cheapest] = places
    .filter((place) => {
      const variable = variables[place] as Variable;
      return variable.told && !isNothing(variable) && hows.includes((manners[place] as Manner).how);
    })
    .sort((a, b) => costOf(a) - costOf(b) || a - b);
  return cheapest;
}
