/** What can become of a line; every line has one of them. */
export const OUTCOMES = ['accepted', 'repeated', 'corrected', 'cancelled', 'waiting', 'refused'] as const;
export type LineOutcome = (typeof OUTCOMES)[number];

/** One number for each outcome. */
export type Outcomes = Readonly<Record<LineOutcome, number>>;

export const NO_OUTCOMES: Outcomes = { accepted: 0, repeated: 0, corrected: 0, cancelled: 0, waiting: 0, refused: 0 };

/** The lines of each outcome; total lines are set aside, and their amounts are in no sum. */
export type Counts = Outcomes & { readonly total: number };
/** A file that was read before total lines were counted has no number of them. */
export type KeptCounts = Outcomes & { readonly total?: number };

export const NO_COUNTS: Counts = { ...NO_OUTCOMES, total: 0 };

/** What came in, counted from the cells alone, apart from any decision; `lines` has the total lines too, `cents` has not. */
export interface Totals {
  readonly lines: number;
  readonly cents: number;
  readonly unreadableAmounts: number;
}

export const NO_TOTALS: Totals = { lines: 0, cents: 0, unreadableAmounts: 0 };

export function plus(a: Outcomes, b: Outcomes): Outcomes {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, a[outcome] + b[outcome]])) as unknown as Outcomes;
}

export function plusCounts(a: KeptCounts, b: KeptCounts): Counts {
  return { ...plus(a, b), total: (a.total ?? 0) + (b.total ?? 0) };
}

export function sumOf(outcomes: Outcomes): number {
  return OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
}

/** Why the outcomes do not hold what came in; undefined where they do, to the line and to the cent. */
export function imbalance(totals: Totals, counts: KeptCounts, cents: Outcomes): string | undefined {
  const lines = sumOf(counts) + (counts.total ?? 0);
  if (lines !== totals.lines) return `${totals.lines} lines came in, ${lines} have an outcome`;
  if (sumOf(cents) !== totals.cents) return `${totals.cents} cents came in, ${sumOf(cents)} have an outcome`;
  return undefined;
}
