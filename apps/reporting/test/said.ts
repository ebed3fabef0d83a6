import type { RecordedEvent } from '@gpect/service-kit/events/event';
import type { FirmDocument, WorkshopDocument } from '../src/facts/documents.js';
import type { Fact } from '../src/facts/fact.js';
import { firmData } from '../src/facts/firm-data.js';
import type { Figure } from '../src/figures/figure.js';
import { Documents } from './documents.js';
import { SIRET } from './events.js';

/** The documents that a figure's own keepers make of events. */
export function documentsOf({ keeps }: Pick<Figure, 'keeps'>, events: readonly RecordedEvent[]): Documents {
  const documents = new Documents();
  for (const event of events) for (const keeper of keeps) documents.apply(keeper.changesOf(event));
  return documents;
}

/** What the firm says of a figure after events, all the way from them, by nothing but what the figure says that it keeps. */
export function saidOf(figure: Figure, events: readonly RecordedEvent[], targetHeadcount = 100): Fact[] {
  const firms = documentsOf(figure, events).of<FirmDocument>('firms');
  return firms
    .filter(({ siret }) => siret === SIRET)
    .flatMap((firm) => {
      const { enrolledOn, completedOn } = firm;
      const dates = { ...(enrolledOn ? { enrolledOn } : {}), ...(completedOn ? { completedOn } : {}) };
      const said = figure.facts?.(firmData(firm, { dates, targetHeadcount, isWhole: () => true })) ?? [];
      return said.map((fact) => fact.filter((part) => part !== undefined) as unknown as Fact);
    });
}

/** What workshops say of it. */
export function saidByWorkshops(figure: Figure, events: readonly RecordedEvent[]): Fact[] {
  const workshops = documentsOf(figure, events).of<WorkshopDocument>('workshops');
  return workshops.flatMap((workshop) => figure.workshopFacts?.(workshop) ?? []);
}
