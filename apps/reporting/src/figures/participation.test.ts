import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './participation.js';

const held = event(
  'consulting.session-recorded',
  { session: 'S1', heldOn: '2008-06-23', theme: 'skills', participants: ['MANAGER', 'EMPLOYEES'] },
  1,
);

test('each group that took part in a session counts, in all and by itself', () => {
  expect(saidOf(figure, [held])).toEqual([
    ['participation', '2008-06-23', 1, 'skills'],
    ['participation:MANAGER', '2008-06-23', 1, 'skills'],
    ['participation', '2008-06-23', 1, 'skills'],
    ['participation:EMPLOYEES', '2008-06-23', 1, 'skills'],
  ]);
});

test('a session that was cancelled leaves nobody who took part', () => {
  expect(saidOf(figure, [held, event('consulting.session-cancelled', { session: 'S1' }, 2)])).toEqual([]);
});
