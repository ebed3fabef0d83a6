import type { RecordedEvent } from '@gpect/service-kit/events/event';
import type { FirmDocument, ReadModel } from '../src/facts/documents.js';
import type { Fact } from '../src/facts/fact.js';
import { firmData } from '../src/facts/firm-data.js';
import { type Figure, keptFor, type RecordName } from '../src/figures/figure.js';
import { Documents } from './documents.js';
import { SIRET } from './events.js';

/** The documents that a figure's own keepers make of events. */
export function documentsOf(figure: Pick<Figure, 'keeps' | 'partsKeep'>, events: readonly RecordedEvent[]): Documents {
  const documents = new Documents();
  for (const event of events) for (const keeper of keptFor(figure)) documents.apply(keeper.changesOf(event));
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

/** What records of no firm's case say of it. */
export function saidByRecords<Name extends RecordName>(
  figure: Figure,
  name: Name,
  events: readonly RecordedEvent[],
): Fact[] {
  const records = documentsOf(figure, events).of<ReadModel[Name]>(name);
  const said = records.flatMap((record) => figure.factsOf?.[name]?.(record) ?? []);
  return said.map((fact) => fact.filter((part) => part !== undefined) as unknown as Fact);
}
