import { inverse, times } from './modular.js';
import type { Pivot } from './peel.js';
import type { Sum } from './sum.js';

/** The one column that another hangs on and how; none; or too many to follow. */
interface Leaning {
  readonly on: number;
  readonly by: number;
}
const FIXED: Leaning = { on: -1, by: 0 };
const MANY = undefined;

/**
 * Targets (a column, or two of which the sum is meant) by columns that are no pivots alone, less what is free in them.
 * Undefined where a target hangs on something free, or on too much to see that it does not; and where other targets are
 * given by their own rows, which is to be mended first.
 * @param pivots in an order in which each row names columns of later pivots alone, besides its own
 * @param pivotable columns from here on are no pivots, and known
 */
export function expressed(
  pivots: readonly Pivot[],
  targets: readonly (readonly number[])[],
  { pivotable, prime }: { pivotable: number; prime: number },
): readonly (Sum | undefined)[] {
  const leanings = leaningsOf(pivots, pivotable, prime);
  const isFixed = (target: readonly number[]): boolean => {
    const all = target.map((column) => leanings[column]);
    if (all.some((leaning) => leaning === MANY)) return false;
    const loose = all.filter((leaning) => leaning !== FIXED) as Leaning[];
    return (
      loose.length === 0 ||
      (loose.every(({ on }) => on === loose[0]?.on) && loose.reduce((so, { by }) => (so + by) % prime, 0) === 0)
    );
  };
  const rows = new Map(pivots.map(({ row, column }) => [column, row]));
  const isDirect = (target: readonly number[]): boolean =>
    target.every((column) =>
      (rows.get(column)?.columns ?? []).every((other) => other >= pivotable || target.includes(other)),
    );
  const fixed = new Set(targets.filter(isFixed));
  const direct = [...fixed].filter(isDirect);
  const found = new Set(direct.length > 0 ? direct : fixed);
  const needed = new Set([...found].flat());
  for (const { row, column } of pivots)
    if (needed.has(column)) for (const other of row.columns) if (other < pivotable) needed.add(other);
  const sums = new Map<number, Sum>();
  for (const { row, column } of [...pivots].reverse())
    if (needed.has(column)) sums.set(column, sumOf(row, column, { sums, pivotable, prime }));
  return targets.map((target) =>
    isFixed(target)
      ? added(
          target.map((c) => sums.get(c) ?? new Map()),
          prime,
        )
      : undefined,
  );
}

function leaningsOf(pivots: readonly Pivot[], pivotable: number, prime: number): readonly (Leaning | undefined)[] {
  const leanings: (Leaning | undefined)[] = Array.from({ length: pivotable }, (_, on) => ({ on, by: 1 }));
  for (const { row, column } of [...pivots].reverse()) {
    const on = new Map<number, number>();
    let [own, isMany] = [1, false];
    for (const [i, other] of row.columns.entries()) {
      const factor = row.factors[i] as number;
      const leaning = other < pivotable ? leanings[other] : FIXED;
      if (other === column) own = factor;
      else if (leaning === MANY) isMany = true;
      else if (leaning !== FIXED)
        on.set(leaning.on, ((on.get(leaning.on) ?? 0) + times(factor, leaning.by, prime)) % prime);
    }
    const [first, second] = [...on].filter(([, by]) => by !== 0);
    const scale = prime - inverse(own, prime);
    if (isMany || second) leanings[column] = MANY;
    else leanings[column] = first ? { on: first[0], by: times(first[1], scale, prime) } : FIXED;
  }
  return leanings;
}

function sumOf(
  { columns, factors }: Pivot['row'],
  column: number,
  { sums, pivotable, prime }: { sums: ReadonlyMap<number, Sum>; pivotable: number; prime: number },
): Sum {
  const scale = prime - inverse(factors[columns.indexOf(column)] as number, prime);
  const scaled = columns.flatMap((other, i): Sum[] => {
    if (other === column) return [];
    const factor = times(factors[i] as number, scale, prime);
    if (other >= pivotable) return [new Map([[other, factor]])];
    return [new Map([...(sums.get(other) ?? [])].map(([known, by]) => [known, times(by, factor, prime)]))];
  });
  return added(scaled, prime);
}

function added(sums: readonly Sum[], prime: number): Sum {
  const so = new Map<number, number>();
  for (const sum of sums)
    for (const [column, factor] of sum) {
      const after = ((so.get(column) ?? 0) + factor) % prime;
      if (after === 0) so.delete(column);
      else so.set(column, after);
    }
  return so;
}
