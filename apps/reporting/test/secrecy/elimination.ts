import { isNothing, type Relation, type Variable } from '../../src/secrecy/variable.js';

/**
 * What a reader can reckon of numbers that he is not told, by every sum and difference of relations: Gauss and Jordan, all
 * rows in full, modulo a prime. Written apart from the product's own elimination, which it is to prove.
 */
export function determined(
  variables: readonly Variable[],
  relations: readonly Relation[],
  masked: ReadonlySet<string>,
): Set<string> {
  const hidden = variables.filter((v) => !isNothing(v) && (!v.told || masked.has(v.id))).map(({ id }) => id);
  const columns = new Map(hidden.map((id, column) => [id, BigInt(column)]));
  const rows: Map<bigint, bigint>[] = [];
  const pivotOf = new Map<bigint, Map<bigint, bigint>>();
  for (const { total, parts } of relations) {
    const row = new Map<bigint, bigint>();
    for (const [id, factor] of [[total, PRIME - 1n] as const, ...parts.map((part) => [part, 1n] as const)]) {
      const column = columns.get(id);
      if (column !== undefined) row.set(column, ((row.get(column) ?? 0n) + factor) % PRIME);
    }
    for (const column of [...row.keys()].sort(byPivot(pivotOf))) {
      const pivot = pivotOf.get(column);
      if (pivot && row.has(column)) reduce(row, pivot, column);
    }
    for (const [column, factor] of row) if (factor === 0n) row.delete(column);
    const [first] = row.keys();
    if (first === undefined) continue;
    for (const other of rows) if (other.has(first)) reduce(other, row, first);
    rows.push(row);
    pivotOf.set(first, row);
  }
  return new Set(rows.filter((row) => row.size === 1).map((row) => hidden[Number([...row.keys()][0])] as string));
}

const PRIME = 2_305_843_009_213_693_951n;

function byPivot(pivotOf: ReadonlyMap<bigint, unknown>) {
  return (a: bigint, b: bigint) => Number(pivotOf.has(b)) - Number(pivotOf.has(a));
}

/** Takes so much of one row from another that it has none of the column any more. */
function reduce(row: Map<bigint, bigint>, by: ReadonlyMap<bigint, bigint>, column: bigint): void {
  const factor = ((row.get(column) as bigint) * inverse(by.get(column) as bigint)) % PRIME;
  for (const [other, value] of by) {
    const after = ((row.get(other) ?? 0n) + PRIME - ((value * factor) % PRIME)) % PRIME;
    if (after === 0n) row.delete(other);
    else row.set(other, after);
  }
}

function inverse(value: bigint): bigint {
  if (value === 1n || value === PRIME - 1n) return value;
  let [result, base, power] = [1n, value, PRIME - 2n];
  for (; power > 0n; power >>= 1n) {
    if (power & 1n) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}
