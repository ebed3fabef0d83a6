import type { Relation } from './variable.js';

/** What a reader knows of a number: it is not below `low`, and not above `high`. Whole numbers, or infinite. */
export interface Interval {
  low: number;
  high: number;
  /** The relations by which each end is known; undefined where it is known by itself. */
  byLow?: number;
  byHigh?: number;
}

/** Relations are looked at so many times at the most, on average: bounds that creep come to nothing new. */
const ROUNDS = 40;

/**
 * Narrows intervals by all relations, until none says more: a total lies between the sums of its parts' ends, a part between
 * what is left of the total by the others.
 * @returns whether it came to an end; where not, intervals are wider than a reader may make them
 */
export function narrow(intervals: ReadonlyMap<string, Interval>, relations: readonly Relation[]): boolean {
  const of = new Map<string, number[]>();
  for (const [i, { total, parts }] of relations.entries())
    for (const id of [total, ...parts]) {
      const known = of.get(id);
      if (known) known.push(i);
      else of.set(id, [i]);
    }
  const waiting = new Set(relations.keys());
  for (let left = ROUNDS * relations.length; left > 0; left--) {
    const [next] = waiting;
    if (next === undefined) return true;
    waiting.delete(next);
    for (const id of narrowOne(intervals, relations[next] as Relation, next))
      for (const other of of.get(id) ?? []) if (other !== next) waiting.add(other);
  }
  return waiting.size === 0;
}

/** @returns the numbers of which more is known now */
function narrowOne(
  intervals: ReadonlyMap<string, Interval>,
  { total: totalId, parts: partIds }: Relation,
  relation: number,
): string[] {
  const at = (id: string) => intervals.get(id) as Interval;
  const [total, parts] = [at(totalId), partIds.map(at)];
  const [lows, highs] = [sumOf(parts.map(({ low }) => low)), sumOf(parts.map(({ high }) => high))];
  const changed: string[] = [];
  if (tighten(total, relation, lows.without(0), highs.without(0))) changed.push(totalId);
  for (const [i, part] of parts.entries())
    if (tighten(part, relation, total.low - highs.without(part.high), total.high - lows.without(part.low)))
      changed.push(partIds[i] as string);
  return changed;
}

function tighten(interval: Interval, relation: number, low: number, high: number): boolean {
  let is = false;
  if (low > interval.low) {
    interval.low = Math.min(low, interval.high);
    interval.byLow = relation;
    is = true;
  }
  if (high < interval.high) {
    interval.high = Math.max(high, interval.low);
    interval.byHigh = relation;
    is = true;
  }
  return is;
}

/** A sum of numbers of which some may be infinite, and what it is without one of them (0 takes none away). */
function sumOf(values: readonly number[]): { without(value: number): number } {
  const infinite = values.filter((value) => !Number.isFinite(value));
  const [sign = 1] = infinite.map(Math.sign);
  const finite = values.reduce((sum, value) => (Number.isFinite(value) ? sum + value : sum), 0);
  return {
    without: (value) => {
      const left = infinite.length - (Number.isFinite(value) ? 0 : 1);
      return left > 0 ? sign * Number.POSITIVE_INFINITY : finite - (Number.isFinite(value) ? value : 0);
    },
  };
}
