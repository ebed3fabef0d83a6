import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './suspensions.js';

test('each pause of an accompaniment counts on the day on which it began', () => {
  const paused = (suspendedOn: string) => event('enrolment.firm-suspended', { suspendedOn });
  expect(saidOf(figure, [paused('2008-10-02'), paused('2009-10-01'), paused('2008-10-02')])).toEqual([
    ['suspensions', '2008-10-02', 1],
    ['suspensions', '2009-10-01', 1],
  ]);
});
