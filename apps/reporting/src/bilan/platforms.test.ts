import { expect, test } from '@jest/globals';
import { Documents } from '../../test/documents.js';
import { event } from '../../test/events.js';
import type { ActionDocument } from '../facts/documents.js';
import { actions } from '../facts/keepers/actions.js';
import { platformLives, platforms } from '../facts/keepers/territory.js';
import { platformsOf } from './platforms.js';

const NAME = 'CRPDC no. 1';
const established = (establishedOn: string | undefined, action = 'avesnes') =>
  event('enrolment.platform-established', {
    action,
    name: NAME,
    basins: ['sambre-avesnois'],
    ...(establishedOn ? { establishedOn } : {}),
  });
const reviewed = (reviewedOn: string, alive: boolean, action = 'avesnes') =>
  event('enrolment.platform-reviewed', { action, name: NAME, reviewedOn, alive });
const launched = event('enrolment.collective-action-launched', { action: 'avesnes', startsOn: '2008-02-04' });

function told(events: readonly ReturnType<typeof established>[], asOf?: string) {
  const documents = new Documents();
  for (const said of [launched, ...events])
    for (const keeper of [actions, platforms, platformLives]) documents.apply(keeper.changesOf(said));
  return platformsOf(documents.of<ActionDocument>('actions'), asOf);
}

const life = [
  established('2010-01-04'),
  reviewed('2011-03-01', true),
  reviewed('2012-03-01', false),
  reviewed('2013-03-01', false),
];

test('a platform that was seen dead is told as ended, since the first day on which it was seen so', () => {
  expect(told(life)).toEqual([
    {
      name: NAME,
      actions: ['avesnes'],
      basins: ['sambre-avesnois'],
      establishedOn: '2010-01-04',
      state: 'ENDED',
      seenOn: '2013-03-01',
      endedOn: '2012-03-01',
      seen: [
        { on: '2011-03-01', alive: true },
        { on: '2012-03-01', alive: false },
        { on: '2013-03-01', alive: false },
      ],
    },
  ]);
});

test.each([
  ['before its establishment it is not there', '2010-01-03', []],
  ['established, and nobody looked yet', '2010-12-31', [{ state: 'ALIVE', seen: [] }]],
  ['seen alive', '2012-02-29', [{ state: 'ALIVE', seenOn: '2011-03-01' }]],
  ['seen dead', '2012-03-01', [{ state: 'ENDED', seenOn: '2012-03-01', endedOn: '2012-03-01' }]],
])('as of a day: %s', (_what, asOf, expected) => {
  const found = told(life, asOf);
  expect(found).toHaveLength(expected.length);
  expect(found).toMatchObject(expected);
});

test('the days decide and not the order of the events; one that lives again is alive', () => {
  expect(told([...life].reverse())).toEqual(told(life));
  expect(told([...life, reviewed('2014-01-06', true)])).toMatchObject([{ state: 'ALIVE', seenOn: '2014-01-06' }]);
});

test('of a day that was not given, it is there from the beginning of its action on', () => {
  expect(told([established(undefined)], '2008-02-03')).toEqual([]);
  const [found] = told([established(undefined)], '2008-02-04');
  expect(found).toMatchObject({ state: 'ALIVE' });
  expect(found).not.toHaveProperty('establishedOn');
});

test('one that two actions name is one platform; it lives if one of two who look on one day sees it alive', () => {
  const two = [...life, established('2009-05-04', 'cambrai'), reviewed('2013-03-01', true, 'cambrai')];
  expect(told(two)).toMatchObject([
    { actions: ['avesnes', 'cambrai'], establishedOn: '2009-05-04', state: 'ALIVE', seenOn: '2013-03-01' },
  ]);
});

test('of a release of before states were kept, its name is told and no state', () => {
  const action = { _id: 'p/a', programme: 'p', action: 'a', platforms: [NAME] };
  expect(platformsOf([action], undefined)).toEqual([{ name: NAME, actions: ['a'] }]);
});
