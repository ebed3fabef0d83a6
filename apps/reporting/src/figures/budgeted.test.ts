import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './budgeted.js';

const budgeted = (halfDays: number) => event('consulting.half-days-budgeted', { halfDays });

test('the last budget of an enrolled firm counts, from its agreement on', () => {
  const enrolled = event('enrolment.firm-enrolled', { enrolledOn: '2008-05-05' });
  expect(saidOf(figure, [budgeted(12), enrolled, budgeted(16)])).toEqual([['budgeted', '2008-05-05', 16]]);
});

test('what was budgeted for one that has not signed does not count', () => {
  expect(saidOf(figure, [budgeted(12)])).toEqual([]);
});
