import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './partners.js';

const joined = (since: string) => event('enrolment.action-partner-joined', { partner: 'opca-a', kind: 'OPCA', since });
const left = event('enrolment.action-partner-left', { partner: 'opca-a', leftOn: '2010-01-04' });
const said = (...events: Parameters<typeof saidByRecords>[2]) => saidByRecords(figure, 'actions', events);

test('a partner counts for what it is while it takes part', () => {
  expect(said(joined('2008-02-04'), left)).toEqual([
    ['partners', '2008-02-04', 1],
    ['partners:OPCA', '2008-02-04', 1],
    ['partners', '2010-01-04', -1],
    ['partners:OPCA', '2010-01-04', -1],
  ]);
});

test('one that joins again counts again', () => {
  expect(said(joined('2008-02-04'), left, joined('2011-01-03'))).toEqual([
    ['partners', '2011-01-03', 1],
    ['partners:OPCA', '2011-01-03', 1],
  ]);
});

test('one of a kind of today counts as it was told, whether a register knows it or not', () => {
  const joinedAs = (kindCode: string) =>
    event('enrolment.action-partner-joined', {
      partner: kindCode.toLowerCase(),
      kind: 'OTHER',
      kindCode,
      since: '2026-02-04',
    });
  expect(said(joinedAs('FRANCE_TRAVAIL'), joinedAs('CAMPUS_DES_METIERS')).filter(([id]) => id !== 'partners')).toEqual([
    ['partners:FRANCE_TRAVAIL', '2026-02-04', 1],
    ['partners:CAMPUS_DES_METIERS', '2026-02-04', 1],
  ]);
});
