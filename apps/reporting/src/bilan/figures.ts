import type { FirmDocument } from '../read-model/documents.js';
import { INDICATORS, type IndicatorId } from './indicators.js';

export type Figures = Record<IndicatorId | 'workshops', number>;

export function noFigures(): Figures {
  return { ...(Object.fromEntries(INDICATORS.map(({ id }) => [id, 0])) as Record<IndicatorId, number>), workshops: 0 };
}

/** Adds what one firm contributes to each figure. */
export function addFirm(figures: Figures, contribution: Contribution): void {
  for (const [id, count] of contribution) figures[id] += count;
}

export type Contribution = readonly (readonly [IndicatorId, number])[];

/** What one firm contributes: the figures in which it counts. */
export function contributionOf(firm: FirmDocument, rules: { targetHeadcount: number }): Contribution {
  return INDICATORS.map(({ id, of }) => [id, of(firm, rules)] as const).filter(([, count]) => count !== 0);
}
