import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './target-firms.js';

test('the objective of an action counts from its beginning on, as it was launched', () => {
  const launched = event('enrolment.collective-action-launched', { startsOn: '2008-02-04', targetFirms: 34 });
  expect(saidByRecords(figure, 'actions', [launched, launched])).toEqual([['targetFirms', '2008-02-04', 34]]);
});
