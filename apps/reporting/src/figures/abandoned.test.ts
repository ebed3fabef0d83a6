import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './abandoned.js';

const agreement = event('enrolment.firm-enrolled', { enrolledOn: '2008-02-01' });

test('a firm left on its day', () => {
  const left = event('enrolment.firm-abandoned', { abandonedOn: '2008-09-01' });
  expect(saidOf(figure, [agreement, left])).toEqual([['abandoned', '2008-09-01', 1]]);
});

test('a departure without its day counts from the agreement', () => {
  const left = event('enrolment.firm-abandoned', { abandonedOn: undefined as never });
  expect(saidOf(figure, [left, agreement])).toEqual([['abandoned', '2008-02-01', 1]]);
});
