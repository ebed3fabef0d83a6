import type { EventDataByType } from '@gpect/contracts/generated/events';
import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './deferrals.js';

type Deferred = Partial<EventDataByType['fr.gpect.enrolment.firm-deferred.v1']>;
const deferred = (said: Deferred) => event('enrolment.firm-deferred', said);

test('each time that a firm asks to begin later counts, with its reason', () => {
  const events = [
    deferred({ deferredOn: '2008-04-02', reasonKind: 'NOT_THE_MOMENT' }),
    deferred({ deferredOn: '2008-09-01', reasonKind: 'NO_TIME' }),
    deferred({ deferredOn: '2008-04-02', reasonKind: 'NOT_THE_MOMENT' }),
  ];
  expect(saidOf(figure, events)).toEqual([
    ['deferrals', '2008-04-02', 1],
    ['deferrals:NOT_THE_MOMENT', '2008-04-02', 1],
    ['deferrals', '2008-09-01', 1],
    ['deferrals:NO_TIME', '2008-09-01', 1],
  ]);
});

test('one of a case that was merged into another does not', () => {
  const merged = event('enrolment.firm-case-merged', { into: '00001002500021' });
  expect(saidOf(figure, [deferred({ deferredOn: '2008-04-02' }), merged])).toEqual([]);
});
