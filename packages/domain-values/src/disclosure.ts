/** How often figures are released by themselves. */
export type ReleasedEvery = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER';

/** What of a programme's figures may be told to those who do not see every one. */
export interface DisclosureRule {
  /** A figure on which fewer firms stand is masked; 3 at least. */
  readonly leastFirms: number;
  /** An amount of which one firm makes more than this share is masked; 0.5 to 1. */
  readonly largestShare: number;
  readonly every: ReleasedEvery;
  /** Rows of firms that are released share what they may be recognised by with so many, themselves included. */
  readonly leastAlike?: number;
}

/** Of two firms each knows what the other one makes of their sum. */
export const FEWEST_FIRMS = 3;

/** Firms that are alike in rows where nothing is said, beyond those that a number stands on. */
const MORE_ALIKE = 2;

const USUAL: DisclosureRule = { leastFirms: FEWEST_FIRMS, largestShare: 0.85, every: 'MONTH' };

/** The rule of a programme: what it said when it was opened, or what is usual. */
export function disclosureRuleOf({
  disclosure = USUAL,
}: {
  readonly disclosure?: DisclosureRule | undefined;
}): DisclosureRule {
  return disclosure;
}

/** So many firms are alike in rows: never fewer than a number stands on. */
export function leastAlike({
  leastFirms,
  leastAlike: said = leastFirms + MORE_ALIKE,
}: Pick<DisclosureRule, 'leastFirms' | 'leastAlike'>): number {
  return Math.max(said, leastFirms);
}
