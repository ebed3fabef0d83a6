import { type EventType, examplesOf, topicOf } from '@gpect/contracts/event-contracts';
import { groupBy } from '@gpect/service-kit/collections/group-by';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Documents } from '../../test/documents.js';
import { merged } from '../facts/change.js';
import { FIGURES } from '../figures/registry.js';
import { dimensionsOf, figuresOf, KEEPERS, partsOf } from './keepers.js';

const exampleOf = (type: EventType, sequence = 1): RecordedEvent =>
  ({
    type,
    data: examplesOf(type)[0],
    subject: 's',
    sequence,
    id: type,
    source: '/test',
    time: '2014-01-01T00:00:00Z',
  }) as unknown as RecordedEvent;

const made = (events: readonly RecordedEvent[]) => {
  const documents = new Documents();
  for (const event of events) for (const keeper of KEEPERS) documents.apply(keeper.changesOf(event));
  return documents.all();
};
const types = [...new Set(KEEPERS.flatMap((keeper) => keeper.types))].sort();
/** All that is read, in the order of the types within each topic: what is said of a thing follows what said it first. */
const all = types.map((type, i) => exampleOf(type, i + 1));

const pairs = KEEPERS.flatMap((keeper) => keeper.types.map((type) => [keeper.name, type, keeper] as const));
/** Examples that say nothing of what is kept. */
const SAY_NOTHING = [
  'added-answers fr.gpect.evaluation.survey-partly-answered.v1',
  'added-answers fr.gpect.evaluation.survey-answered.v1',
  'disclosure fr.gpect.enrolment.programme-opened.v1',
];

test.each(pairs.filter(([name, type]) => !SAY_NOTHING.includes(`${name} ${type}`)))(
  '%s makes something of %s',
  (_name, type, keeper) => {
    expect(keeper.changesOf(exampleOf(type)).length).toBeGreaterThan(0);
  },
);

test('the rule of a programme is kept where it says one', () => {
  const { changesOf } = KEEPERS.find(({ name }) => name === 'disclosure') as (typeof KEEPERS)[number];
  const said = examplesOf('fr.gpect.enrolment.programme-opened.v1').map(
    (data) => changesOf({ ...exampleOf('fr.gpect.enrolment.programme-opened.v1'), data } as RecordedEvent).length,
  );
  expect(said).toEqual([0, 1]);
});

test('everything that is read twice comes to the same', () => {
  expect(made([...all, ...all])).toEqual(made(all));
});

test.each(pairs)('what %s makes of %s, made again by itself, comes to the same', (_name, type, keeper) => {
  const [once, twice] = [new Documents(), new Documents()];
  for (let n = 0; n < 2; n++) twice.apply(keeper.changesOf(exampleOf(type)));
  once.apply(keeper.changesOf(exampleOf(type)));
  expect(twice.all()).toEqual(once.all());
});

test('topics may be read in any order beside each other', () => {
  const topics = [...groupBy(all, ({ type }) => topicOf(type)).values()];
  const turns = fc.shuffledSubarray(
    topics.flatMap((events, topic) => events.map(() => topic)),
    { minLength: all.length },
  );
  fc.assert(
    fc.property(turns, (order) => {
      const left = topics.map((events) => [...events]);
      const events = order.map((topic) => left[topic]?.shift() as RecordedEvent);
      expect(made(events)).toEqual(made(all));
    }),
    { numRuns: 30 },
  );
});

test('changes of one document are merged to one, which comes to the same as all of them', () => {
  const changes = [...all, ...all].flatMap((event) => KEEPERS.flatMap((keeper) => keeper.changesOf(event)));
  const documents = new Documents();
  const one = merged(changes);
  documents.apply(one.map(({ toSet: _toSet, ...change }) => change));
  for (const { collection, id, toSet = {} } of one)
    for (const [path, { $each }] of Object.entries(toSet) as [string, { $each: unknown[] }][])
      for (const value of $each) documents.apply([{ collection, id, set: {}, toSet: { [path]: value } }]);
  expect(new Set(one.map(({ collection, id }) => `${collection} ${id}`)).size).toBe(one.length);
  expect(documents.all()).toEqual(made(all));
});

test('a keeper whose history is being read makes its figures and dimensions be counted, and no others', () => {
  expect(figuresOf(new Set(['attendance']))).toEqual(['invited', 'attended']);
  expect(dimensionsOf(new Set(['communes']))).toEqual(['region']);
  expect(figuresOf(new Set(['detection']))).toEqual(FIGURES.map(({ id }) => id));
  expect([figuresOf(new Set()), dimensionsOf(new Set(['attendance']))]).toEqual([[], []]);
});

test('a keeper of parts alone leaves their figure as it is', () => {
  expect([figuresOf(new Set(['refusal-reasons'])), partsOf(new Set(['refusal-reasons']))]).toEqual([
    [],
    ['declined:*'],
  ]);
  expect(partsOf(new Set(['draws']))).toEqual(['survey:drawnAtLeastOnce', 'survey:volunteers']);
});
