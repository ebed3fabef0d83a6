import { inProgramme } from '@gpect/domain-values/identifiers';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import type { Unit } from '../../src/cube/cell.js';
import type { FirmSaid, OnDay } from '../../src/cube/firms.js';
import { ESTIMATES } from '../../src/estimates/registry.js';
import type { ActionDocument, FirmDocument, ProgrammeDocument, ReadModel } from '../../src/facts/documents.js';
import { KEEPERS } from '../../src/feed/keepers.js';
import { firmUnits, RECORDS, recordUnit } from '../../src/feed/units.js';
import type { Documents as OfProgramme } from '../../src/programmes/documents.js';
import { Documents } from '../documents.js';

/** A sentence of the source: events that tell it, and the numbers of reporting in which they show. */
export interface Sentence {
  /** The words of its row in docs/source.md. */
  readonly says: string;
  readonly send: readonly RecordedEvent[];
  /**
   * A figure's measure (`projects:SELECTED`) and what it comes to, in all or on one theme or at one place (`planItems@strategy`,
   * `enrolled@lille`); of an estimate one of its values (`durations.whole`), or `.n`.
   */
  readonly see: Readonly<Record<string, number>>;
  /** What is read from documents and not from cells: the figure, what it is made of them, and what comes. */
  readonly lists?: Readonly<Record<string, readonly [made: (documents: Documents) => unknown, comes: unknown]>>;
}

/** The figure or estimate that a key of `see` is of. */
export const idOf = (key: string): string => key.split(/[:.@]/, 1)[0] ?? key;

/** What reporting makes of events, all the way from them: sums of measures, and estimates. */
export function seenAfter(events: readonly RecordedEvent[]) {
  const documents = new Documents();
  for (const event of events) for (const keeper of KEEPERS) documents.apply(keeper.changesOf(event));
  const units = unitsOf(documents);
  const sums = new Map<string, number>();
  for (const { facts, place } of units)
    for (const [measure, , amount, theme] of facts) {
      const values = new Set([...Object.values(place).flat(), ...(theme ? [theme] : [])]);
      for (const key of [measure, ...[...values].map((value) => `${measure}@${value}`)])
        sums.set(key, (sums.get(key) ?? 0) + amount);
    }
  return {
    documents,
    number: (key: string): number | undefined => {
      const [id, name] = key.split('.');
      const estimate = name === undefined ? undefined : ESTIMATES.find((one) => one.id === id);
      if (!estimate || !name) return sums.get(key) ?? 0;
      const made = estimate.of({ firms: firmsOf(units), documents: ofProgramme(documents) });
      return name === 'n' ? made.n : (made.values[name]?.value ?? made.counts?.[name]);
    },
  };
}

function unitsOf(documents: Documents): Unit[] {
  const actions = new Map(documents.of<ActionDocument>('actions').map((action) => [action._id, action]));
  const programmes = new Map(documents.of<ProgrammeDocument>('programmes').map((p) => [p._id, p]));
  const around = { actions, programmes, isWhole: () => true, knownBy: (siret: string) => siret };
  return [
    ...documents.of<FirmDocument>('firms').flatMap((firm) => firmUnits([firm], around)),
    ...RECORDS.flatMap((name) =>
      documents.of<ReadModel[typeof name]>(name).map((record) => recordUnit(name, record, around)),
    ),
  ];
}

function firmsOf(units: readonly Unit[]): FirmSaid[] {
  return units
    .filter(({ firm }) => firm !== undefined)
    .map(({ id, place, facts }, firm) => {
      const said = new Map<string, OnDay[]>();
      for (const [measure, day, amount] of facts) said.set(measure, [...(said.get(measure) ?? []), [day, amount]]);
      for (const days of said.values()) days.sort(([a], [b]) => (a < b ? -1 : 1));
      return { id, firm, isIn: true, place, said };
    });
}

function ofProgramme(documents: Documents): OfProgramme {
  const all = Object.fromEntries(Object.entries(documents.all()));
  const programme = documents.of<ProgrammeDocument>('programmes').find(({ _id }) => _id === inProgramme('p')) ?? {
    basins: [],
  };
  return { ...all, programme, actions: all['actions'] ?? [], refused: {}, refusedLines: 0 } as unknown as OfProgramme;
}
