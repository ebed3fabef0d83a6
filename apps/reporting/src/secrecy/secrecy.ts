/** A figure and what it rests on. */
export interface Disclosure {
  readonly value: number;
  /** Firms behind it. */
  readonly firms: number;
  /** Of an amount of money: the largest that one firm makes. */
  readonly largest?: number;
}

/** The rules, as they are told to readers. */
export const SECRECY_RULE = {
  leastFirms: 3,
  largestShare: 0.85,
  fr: 'Une case qui repose sur moins de 3 entreprises, ou dont une entreprise fait plus de 85 % du montant, est masquée, ainsi que la case qui permettrait de la retrouver par soustraction.',
  en: 'A cell that rests on fewer than 3 firms, or of which one firm makes more than 85 % of the amount, is masked, and so is the cell that would give it away by subtraction.',
} as const;

/** Whether a figure by itself says too much of one firm. Nothing says nothing: a zero behind which nobody stands is told. */
export function isSecret({ value, firms, largest = 0 }: Disclosure): boolean {
  if (firms === 0 && value === 0) return false;
  return firms < SECRECY_RULE.leastFirms || (largest > 0 && largest > SECRECY_RULE.largestShare * Math.abs(value));
}

/**
 * Which cells of a table are masked. The last row and the last column are totals (a table of one column has a last row
 * alone). A line in which one cell alone is masked would give it away: its smallest other one is masked too, until no
 * line is left.
 */
export function maskedCells(
  table: readonly (readonly Disclosure[])[],
  totals: { readonly columns: boolean },
): boolean[][] {
  const masked = table.map((row) => row.map(isSecret));
  const [rows, columns] = [table.length, table[0]?.length ?? 0];
  const lines: Position[][] = [
    // Across the columns there is something to subtract from where one of them is the total.
    ...(totals.columns ? table.map((row, r) => row.map((_, c): Position => [r, c])) : []),
    ...Array.from({ length: columns }, (_, c) => table.map((_row, r): Position => [r, c])),
  ];
  const isTotal = ([r, c]: Position) => r === rows - 1 || (totals.columns && c === columns - 1);
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      if (line.filter(([r, c]) => masked[r]?.[c]).length !== 1) continue;
      const next = cheapest(
        line.filter(([r, c]) => !masked[r]?.[c]),
        table,
        isTotal,
      );
      if (!next) continue;
      (masked[next[0]] as boolean[])[next[1]] = true;
      changed = true;
    }
  }
  return masked;
}

type Position = readonly [row: number, column: number];

/** What is lost least by being masked: the smallest that is not nothing, then a nothing, a total last. */
function cheapest(
  candidates: readonly Position[],
  table: readonly (readonly Disclosure[])[],
  isTotal: (position: Position) => boolean,
): Position | undefined {
  const cost = (position: Position): number => {
    const value = Math.abs(table[position[0]]?.[position[1]]?.value ?? 0);
    if (isTotal(position)) return Number.MAX_VALUE;
    return value === 0 ? Number.MAX_SAFE_INTEGER : value;
  };
  return [...candidates].sort((a, b) => cost(a) - cost(b))[0];
}
