import { EVENT_TYPES, type EventType } from '@gpect/contracts/event-contracts';
import { goldenEvents } from '@gpect/contracts/golden/golden-events';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { expect, test } from '@jest/globals';
import { Documents } from '../../test/documents.js';
import type { FirmDocument, ReadModel } from '../facts/documents.js';
import { firmData } from '../facts/firm-data.js';
import { KEEPERS } from '../feed/keepers.js';
import { RECORDS } from '../feed/units.js';
import { FIGURES } from './registry.js';
import { isOfThemes } from './themes.js';

const OF_THEMES = [
  'sessions',
  'halfDays',
  'workshops',
  'planItems',
  'planItemsDone',
  'participation',
  'participationByStage',
  'issues',
];

test('figures of sessions, workshops, items of plans and issues know themes, and no other', () => {
  expect(FIGURES.map(({ id }) => id).filter(isOfThemes)).toEqual(OF_THEMES);
});

test.each([
  ['participation:EMPLOYEES', true],
  ['~participation:rest', true],
  ['detected', false],
  ['survey:asked:roles_clear', false],
])('of %s it follows from its figure: %s', (measure, is) => {
  expect(isOfThemes(measure)).toBe(is);
});

/** Every event that brings out what is made of its type, each of it in documents. */
function goldenDocuments(): Documents {
  const documents = new Documents();
  let sequence = 0;
  for (const type of EVENT_TYPES)
    for (const { data } of goldenEvents(type)) {
      const said = eventOf(type, data, ++sequence);
      for (const keeper of KEEPERS) if (keeper.types.includes(type)) documents.apply(keeper.changesOf(said));
    }
  return documents;
}

const eventOf = (type: EventType, data: unknown, sequence: number) =>
  ({
    type,
    data,
    sequence,
    subject: 's',
    id: String(sequence),
    source: '/',
    time: '2014-01-01T00:00:00Z',
  }) as RecordedEvent;

test('nothing that events say has a theme that is not looked for', () => {
  const documents = goldenDocuments();
  const firms = documents
    .of<FirmDocument>('firms')
    .map((firm) => firmData(firm, { dates: {}, targetHeadcount: 100, isWhole: () => true }));
  const withTheme = FIGURES.filter(({ facts, factsOf }) =>
    [
      ...firms.flatMap((firm) => facts?.(firm) ?? []),
      ...RECORDS.flatMap((name) =>
        documents.of<ReadModel[typeof name]>(name).flatMap((record) => factsOf?.[name]?.(record as never) ?? []),
      ),
    ].some(([, , , theme]) => theme !== undefined),
  );
  expect(withTheme.map(({ id }) => id)).toEqual(OF_THEMES);
});
