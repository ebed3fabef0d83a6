import { eliminate, MOST_STEPS } from './eliminate.js';
import { inverse, numbersOf, times } from './modular.js';
import { type Pivot, peel, type Row } from './peel.js';

/**
 * Another solution of rows that come to constants, less the true one: numbers modulo a prime, taken at random where they
 * are free. A column that every solution gives the same number has 0; another has 0 once in 67 million. Undefined where
 * the elimination would take more than `mostSteps`.
 */
export function nullVector(
  rows: readonly Row[],
  columns: number,
  { prime, seed, mostSteps = MOST_STEPS }: { prime: number; seed: number; mostSteps?: number },
): Float64Array | undefined {
  const { pivots: first, left } = peel(rows, columns);
  const last = eliminate(left, { prime, pivotable: columns, mostSteps });
  if (!last) return undefined;
  const pivots: Pivot[] = [...first, ...last.pivots];
  const vector = new Float64Array(columns);
  const next = numbersOf(seed, prime);
  for (let column = 0; column < columns; column++) vector[column] = next();
  for (let p = pivots.length - 1; p >= 0; p--) {
    const { row, column } = pivots[p] as Pivot;
    let [sum, own] = [0, 0];
    for (const [i, other] of row.columns.entries()) {
      const factor = row.factors[i] as number;
      if (other === column) own = factor;
      else sum = (sum + times(factor, vector[other] as number, prime)) % prime;
    }
    vector[column] = times((prime - sum) % prime, inverse(own, prime), prime);
  }
  return vector;
}
