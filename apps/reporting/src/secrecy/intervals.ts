/** What a reader knows of a number: it is not below `low`, and not above `high`. Whole numbers, or infinite. */
export interface Interval {
  low: number;
  high: number;
  /** The sums by which each end is known; undefined where it is known by itself. */
  byLow?: number;
  byHigh?: number;
}

/** The first of these numbers, by their places, is the sum of the others. */
export type Sum = readonly [total: number, ...parts: number[]];

/** Sums are looked at so many times at the most, on average: bounds that creep come to nothing new. */
const ROUNDS = 40;

/** Of each number, the sums in which it stands. */
export function sumsOfEach(sums: readonly Sum[], numbers: number): readonly (readonly number[])[] {
  const of: number[][] = Array.from({ length: numbers }, () => []);
  for (const [s, members] of sums.entries()) for (const member of members) of[member]?.push(s);
  return of;
}

/**
 * Narrows intervals by all sums, until none says more: a total lies between the sums of its parts' ends, a part between
 * what is left of the total by the others.
 * @param of see {@link sumsOfEach}
 * @returns whether it came to an end; where not, intervals are wider than a reader may make them
 */
export function narrow(
  intervals: readonly Interval[],
  sums: readonly Sum[],
  of: readonly (readonly number[])[] = sumsOfEach(sums, intervals.length),
): boolean {
  const queue = [...sums.keys()];
  const isQueued = new Uint8Array(sums.length).fill(1);
  const most = ROUNDS * sums.length;
  for (let taken = 0; taken < queue.length; taken++) {
    if (taken >= most) return false;
    const next = queue[taken] as number;
    isQueued[next] = 0;
    for (const place of narrowOne(intervals, sums[next] as Sum, next))
      for (const other of of[place] as readonly number[]) {
        if (other === next || isQueued[other] === 1) continue;
        isQueued[other] = 1;
        queue.push(other);
      }
  }
  return true;
}

/** @returns the numbers of which more is known now */
function narrowOne(intervals: readonly Interval[], [totalAt, ...partsAt]: Sum, sum: number): readonly number[] {
  const total = intervals[totalAt] as Interval;
  // Of what the parts add up to: what is finite, and how many of them are not.
  const [lows, highs] = [new Ends(), new Ends()];
  for (const at of partsAt) {
    lows.add((intervals[at] as Interval).low);
    highs.add((intervals[at] as Interval).high);
  }
  const changed: number[] = [];
  if (tighten(total, sum, lows.all(Number.NEGATIVE_INFINITY), highs.all(Number.POSITIVE_INFINITY)))
    changed.push(totalAt);
  for (const at of partsAt) {
    const part = intervals[at] as Interval;
    const low = total.low - highs.without(part.high, Number.POSITIVE_INFINITY);
    const high = total.high - lows.without(part.low, Number.NEGATIVE_INFINITY);
    if (tighten(part, sum, low, high)) changed.push(at);
  }
  return changed;
}

function tighten(interval: Interval, sum: number, low: number, high: number): boolean {
  const [isLow, isHigh] = [low > interval.low, high < interval.high];
  if (isLow) {
    interval.low = Math.min(low, interval.high);
    interval.byLow = sum;
  }
  if (isHigh) {
    interval.high = Math.max(high, interval.low);
    interval.byHigh = sum;
  }
  return isLow || isHigh;
}

/** A sum of ends of which some may be infinite, all of them to one side. */
class Ends {
  #finite = 0;
  #infinite = 0;

  add(end: number): void {
    if (Number.isFinite(end)) this.#finite += end;
    else this.#infinite++;
  }

  all(infinity: number): number {
    return this.#infinite > 0 ? infinity : this.#finite;
  }

  without(end: number, infinity: number): number {
    if (!Number.isFinite(end)) return this.#infinite > 1 ? infinity : this.#finite;
    return this.#infinite > 0 ? infinity : this.#finite - end;
  }
}
