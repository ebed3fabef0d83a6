import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './half-days.js';

const held = event(
  'consulting.session-recorded',
  { session: 'S1', heldOn: '2008-06-23', halfDays: 2, theme: 'skills' },
  1,
);

test('the half-days of a session count on its day', () => {
  expect(saidOf(figure, [held])).toEqual([['halfDays', '2008-06-23', 2, 'skills']]);
});

test('a correction takes the place of what was said before', () => {
  const corrected = event(
    'consulting.session-corrected',
    { session: 'S1', heldOn: '2008-06-23', halfDays: 1, theme: 'skills' },
    2,
  );
  expect(saidOf(figure, [held, corrected])).toEqual([['halfDays', '2008-06-23', 1, 'skills']]);
});
