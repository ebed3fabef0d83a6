/** How often figures are released by themselves. */
export type ReleasedEvery = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER';

/** What of a programme's figures may be told to those who do not see every one. */
export interface DisclosureRule {
  /** A figure on which fewer firms stand is masked; 3 at least. */
  readonly leastFirms: number;
  /** An amount of which one firm makes more than this share is masked; 0.5 to 1. */
  readonly largestShare: number;
  readonly every: ReleasedEvery;
}

/** Of two firms each knows what the other one makes of their sum. */
export const FEWEST_FIRMS = 3;

const USUAL: DisclosureRule = { leastFirms: FEWEST_FIRMS, largestShare: 0.85, every: 'MONTH' };

/** The rule of a programme: what it said when it was opened, or what is usual. */
export function disclosureRuleOf({
  disclosure = USUAL,
}: {
  readonly disclosure?: DisclosureRule | undefined;
}): DisclosureRule {
  return disclosure;
}
