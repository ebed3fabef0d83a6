import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './diagnostics.js';

test('sources count by their publication, what is particular to a basin from the beginning of its action on', () => {
  const events = [
    event('enrolment.collective-action-launched', { startsOn: '2008-02-04' }),
    event('enrolment.diagnostic-source-added', { source: 'INSEE', publishedOn: '2007-11-05' }),
    event('enrolment.territory-specificity-noted', { specificity: 'S1', basin: 'sambre-avesnois' }),
  ];
  expect(saidByRecords(figure, 'actions', events)).toEqual([
    ['diagnostics', '2007-11-05', 1],
    ['diagnostics:sources', '2007-11-05', 1],
    ['diagnostics', '2008-02-04', 1],
    ['diagnostics:specificities', '2008-02-04', 1],
  ]);
});
