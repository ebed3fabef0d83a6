import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './accompanied.js';

test('a firm is accompanied on the day of its completion', () => {
  const completion = event('enrolment.firm-completed', { completedOn: '2009-06-05' });
  expect(saidOf(figure, [event('enrolment.firm-enrolled'), completion])).toEqual([['accompanied', '2009-06-05', 1]]);
});

test('a firm that is under way is not accompanied yet', () => {
  expect(saidOf(figure, [event('enrolment.firm-enrolled')])).toEqual([]);
});
