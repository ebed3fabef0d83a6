import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './calls.js';

test('a call counts from its opening on, and each later version of its criteria', () => {
  const events = [
    event('enrolment.call-for-projects-opened', { opensOn: '2010-01-04' }),
    event('enrolment.call-criteria-revised', { version: 2, revisedOn: '2010-02-01' }),
  ];
  expect(saidByRecords(figure, 'programmes', [...events, ...events])).toEqual([
    ['calls', '2010-01-04', 1],
    ['calls:revisions', '2010-02-01', 1],
  ]);
});
