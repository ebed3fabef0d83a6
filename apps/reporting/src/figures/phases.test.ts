import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './phases.js';

test('each phase counts once it has begun', () => {
  const begun = (phase: 'BUILDING' | 'QUALIFICATION', startedOn: string) =>
    event('enrolment.collective-action-phase-started', { phase, startedOn });
  const events = [begun('BUILDING', '2008-02-04'), begun('QUALIFICATION', '2008-05-05')];
  expect(saidByRecords(figure, 'actions', events)).toEqual([
    ['phases', '2008-02-04', 1],
    ['phases:BUILDING', '2008-02-04', 1],
    ['phases', '2008-05-05', 1],
    ['phases:QUALIFICATION', '2008-05-05', 1],
  ]);
});
