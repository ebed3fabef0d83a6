import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './enrolled.js';

const agreement = event('enrolment.firm-enrolled', { enrolledOn: '2008-02-01' });

test('a firm is enrolled on the day of its agreement', () => {
  expect(saidOf(figure, [agreement])).toEqual([['enrolled', '2008-02-01', 1]]);
});

test('a case that was merged into another is not enrolled: the other is', () => {
  expect(saidOf(figure, [event('enrolment.firm-case-merged'), agreement])).toEqual([]);
});
