import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './platforms.js';

const events = [
  event('enrolment.platform-established', { name: 'CRPDC', establishedOn: '2010-01-04' }),
  event('enrolment.platform-reviewed', { name: 'CRPDC', reviewedOn: '2012-03-01', alive: false }),
];

test('a platform is alive from its establishment on, and ended from the day on which it was seen so', () => {
  expect(saidByRecords(figure, 'actions', events)).toEqual([
    ['platforms', '2010-01-04', 1],
    ['platforms:ALIVE', '2010-01-04', 1],
    ['platforms:ALIVE', '2012-03-01', -1],
    ['platforms:ENDED', '2012-03-01', 1],
  ]);
});
