import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './invited.js';

const absent = event('workshops.attendance-recorded', { workshop: 'W1', heldOn: '2008-07-03', attendance: 'ABSENT' });

test('an invitation whose outcome is known counts on the day of the workshop, whatever the outcome', () => {
  const present = event('workshops.attendance-recorded', {
    workshop: 'W2',
    heldOn: '2008-08-01',
    attendance: 'PRESENT',
  });
  expect(saidOf(figure, [absent, present])).toEqual([
    ['invited', '2008-07-03', 1],
    ['invited', '2008-08-01', 1],
  ]);
});

test('an invitation counts once however often its outcome is told', () => {
  expect(saidOf(figure, [absent, absent])).toEqual([['invited', '2008-07-03', 1]]);
});
