/** A sum that comes to a constant: which columns, and how often each. */
export interface Row {
  readonly columns: readonly number[];
  readonly factors: readonly number[];
}

/** A row that gives one column from its others. */
export interface Pivot {
  readonly row: Row;
  readonly column: number;
}

/**
 * Sets apart each row that alone holds one of its columns: whatever the others are, that column makes the row right. Goes
 * on with what is left, and gives the rows in the order in which they were set apart and those that are left.
 */
export function peel(rows: readonly Row[], columns: number): { readonly pivots: Pivot[]; readonly left: Row[] } {
  const degree = new Int32Array(columns);
  // Of each column, the numbers of its rows by exclusive or: where one row is left, its number.
  const rowOf = new Int32Array(columns);
  for (const [r, row] of rows.entries())
    for (const column of row.columns) {
      degree[column] = (degree[column] as number) + 1;
      rowOf[column] = (rowOf[column] as number) ^ r;
    }
  const alone = Array.from(degree.keys()).filter((column) => degree[column] === 1);
  const apart = new Uint8Array(rows.length);
  const pivots: Pivot[] = [];
  for (let column = alone.pop(); column !== undefined; column = alone.pop()) {
    if (degree[column] !== 1) continue;
    const r = rowOf[column] as number;
    const row = rows[r] as Row;
    apart[r] = 1;
    pivots.push({ row, column });
    for (const other of row.columns) {
      degree[other] = (degree[other] as number) - 1;
      rowOf[other] = (rowOf[other] as number) ^ r;
      if (degree[other] === 1) alone.push(other);
    }
  }
  return { pivots, left: rows.filter((_, r) => apart[r] === 0) };
}
