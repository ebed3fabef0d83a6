/** What can become of a line; every line has one of them. */
export const FATES = ['accepted', 'repeated', 'corrected', 'cancelled', 'waiting', 'refused'] as const;
export type LineFate = (typeof FATES)[number];

/** One number for each fate. */
export type Fates = Readonly<Record<LineFate, number>>;

export const NO_FATES: Fates = { accepted: 0, repeated: 0, corrected: 0, cancelled: 0, waiting: 0, refused: 0 };

/** The lines of each fate; total lines are set aside, and their amounts are in no sum. */
export type Counts = Fates & { readonly total: number };
/** A file that was read before total lines were counted has no number of them. */
export type KeptCounts = Fates & { readonly total?: number };

export const NO_COUNTS: Counts = { ...NO_FATES, total: 0 };

/** What came in, counted from the cells alone, apart from any decision; `lines` has the total lines too, `cents` has not. */
export interface Totals {
  readonly lines: number;
  readonly cents: number;
  readonly unreadableAmounts: number;
}

export const NO_TOTALS: Totals = { lines: 0, cents: 0, unreadableAmounts: 0 };

export function plus(a: Fates, b: Fates): Fates {
  return Object.fromEntries(FATES.map((fate) => [fate, a[fate] + b[fate]])) as unknown as Fates;
}

export function plusCounts(a: KeptCounts, b: KeptCounts): Counts {
  return { ...plus(a, b), total: (a.total ?? 0) + (b.total ?? 0) };
}

export function sumOf(fates: Fates): number {
  return FATES.reduce((sum, fate) => sum + fates[fate], 0);
}

/** Why the fates do not hold what came in; undefined where they do, to the line and to the cent. */
export function imbalance(totals: Totals, counts: KeptCounts, cents: Fates): string | undefined {
  const lines = sumOf(counts) + (counts.total ?? 0);
  if (lines !== totals.lines) return `${totals.lines} lines came in, ${lines} have a fate`;
  if (sumOf(cents) !== totals.cents) return `${totals.cents} cents came in, ${sumOf(cents)} have a fate`;
  return undefined;
}
