import { inverse, times } from './modular.js';
import type { Pivot, Row } from './peel.js';

/** Entries that an elimination may touch before it is given up. */
export const MOST_STEPS = 200_000_000;

/** Rows in echelon form. */
export interface Echelon {
  readonly pivots: Pivot[];
  /** What is left of the other rows: of columns alone that are no pivots. */
  readonly left: Row[];
}

/**
 * Brings rows into echelon form modulo a prime, each time by a row that is short, with a column that few others hold. Only
 * the first `pivotable` columns are pivots; the others are carried. Undefined where it takes more than `mostSteps`.
 */
export function eliminate(
  rows: readonly Row[],
  { prime, pivotable, mostSteps = MOST_STEPS }: { prime: number; pivotable: number; mostSteps?: number },
): Echelon | undefined {
  const open = rows.map((row) => new Map(row.columns.map((column, i) => [column, row.factors[i] as number])));
  const holders = new Map<number, Set<number>>();
  const isPivotable = (column: number) => column < pivotable;
  const sizeOf = (row: ReadonlyMap<number, number>) => count(row.keys(), isPivotable);
  for (const [r, row] of open.entries())
    for (const column of row.keys()) {
      if (!isPivotable(column)) continue;
      const held = holders.get(column);
      if (held) held.add(r);
      else holders.set(column, new Set([r]));
    }
  const sizes = open.map(sizeOf);
  const bySize = new Buckets();
  for (const [r, size] of sizes.entries()) bySize.put(r, size);
  const pivots: Pivot[] = [];
  let steps = 0;
  for (let r = bySize.take(sizes); r !== undefined; r = bySize.take(sizes)) {
    const row = open[r] as Map<number, number>;
    const column = rarest(row, holders, isPivotable);
    for (const held of row.keys()) holders.get(held)?.delete(r);
    const scale = inverse(row.get(column) as number, prime);
    for (const other of [...(holders.get(column) ?? [])]) {
      const target = open[other] as Map<number, number>;
      subtract(target, row, times(target.get(column) as number, scale, prime), { prime, r: other, holders });
      steps += row.size;
      sizes[other] = sizeOf(target);
      bySize.put(other, sizes[other] as number);
    }
    if (steps > mostSteps) return undefined;
    pivots.push({ row: asRow(row), column });
    sizes[r] = 0;
    open[r] = new Map();
  }
  return { pivots, left: open.filter((row) => row.size > 0).map(asRow) };
}

function asRow(row: ReadonlyMap<number, number>): Row {
  return { columns: [...row.keys()], factors: [...row.values()] };
}

function count<T>(all: Iterable<T>, is: (one: T) => boolean): number {
  let so = 0;
  for (const one of all) so += +is(one);
  return so;
}

function rarest(
  row: ReadonlyMap<number, number>,
  holders: ReadonlyMap<number, Set<number>>,
  isPivotable: (column: number) => boolean,
): number {
  let [best, fewest] = [-1, Number.POSITIVE_INFINITY];
  for (const column of row.keys()) {
    const size = isPivotable(column) ? (holders.get(column)?.size ?? 0) : Number.POSITIVE_INFINITY;
    if (size < fewest) [best, fewest] = [column, size];
  }
  return best;
}

function subtract(
  target: Map<number, number>,
  row: ReadonlyMap<number, number>,
  factor: number,
  { prime, r, holders }: { prime: number; r: number; holders: Map<number, Set<number>> },
): void {
  for (const [column, value] of row) {
    const before = target.get(column);
    const after = ((before ?? 0) + prime - times(value, factor, prime)) % prime;
    if (after === 0) {
      target.delete(column);
      holders.get(column)?.delete(r);
    } else {
      target.set(column, after);
      if (before === undefined) holders.get(column)?.add(r);
    }
  }
}

/** Rows by their size, the shortest first; a row that has changed is put in again. */
class Buckets {
  readonly #rows: number[][] = [];
  #least = 0;

  put(r: number, size: number): void {
    for (let length = this.#rows.length; length <= size; length++) this.#rows.push([]);
    this.#rows[size]?.push(r);
    if (size < this.#least) this.#least = size;
  }

  take(sizes: readonly number[]): number | undefined {
    for (; this.#least < this.#rows.length; this.#least++) {
      const rows = this.#rows[this.#least] as number[];
      for (let r = rows.pop(); r !== undefined; r = rows.pop())
        if (this.#least > 0 && sizes[r] === this.#least) return r;
    }
    return undefined;
  }
}
