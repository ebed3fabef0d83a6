import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { MATURITY_CRITERIA } from '@gpect/domain-values/maturity';
import { own } from '@gpect/domain-values/records';

type Published = EventDataByType['fr.gpect.enrolment.maturity-grid-published.v1'];
export type MaturityGrid = Omit<Published, 'programme' | 'reason'> & { readonly reason?: string };

/** What a programme says of maturity. */
export interface MaturityRules {
  readonly opensOn?: CalendarDate;
  readonly maturityThreshold: number;
  /** Versions 2 and on. */
  readonly grids?: readonly MaturityGrid[];
}

/** The best score of a criterion, and the best total: that of the four criteria of version 1. */
const BEST = 4;
const BEST_TOTAL = 16;

const LABELS: Readonly<Record<(typeof MATURITY_CRITERIA)[number], string>> = {
  manager_commitment: 'Engagement du dirigeant',
  strategic_vision: 'Vision stratégique',
  social_climate: 'Climat social',
  hr_practice: 'Pratiques RH',
};

/** Every version of a programme's grid, the first first. Version 1 is the four criteria, equal in weight. */
export function gridsOf({ opensOn = '', maturityThreshold, grids = [] }: MaturityRules): readonly MaturityGrid[] {
  const criteria = MATURITY_CRITERIA.map((criterion) => ({ criterion, label: LABELS[criterion], weight: 1 }));
  return [{ version: 1, criteria, threshold: maturityThreshold, appliesFrom: opensOn }, ...grids];
}

/** The grid that applies on a day: the latest of those that apply from that day or before. */
export function gridInForce(rules: MaturityRules, on: CalendarDate): MaturityGrid {
  const [first, ...later] = gridsOf(rules);
  return later.findLast((grid) => grid.appliesFrom <= on) ?? (first as MaturityGrid);
}

/** The weighted mean of the scores on the scale of 16: by version 1, their sum. Pure. */
export function maturityBy({ criteria }: MaturityGrid, scores: Readonly<Record<string, number>>): number {
  const weights = criteria.reduce((sum, c) => sum + c.weight, 0);
  const reached = criteria.reduce((sum, c) => sum + c.weight * (own(scores, c.criterion) ?? 0), 0);
  return Math.round((BEST_TOTAL * reached) / (weights * BEST));
}
