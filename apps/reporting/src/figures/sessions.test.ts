import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './sessions.js';

const held = event('consulting.session-recorded', { session: 'S1', heldOn: '2008-06-23', theme: 'management' }, 1);

test('a session counts on its day, with its theme, once however often it is told', () => {
  expect(saidOf(figure, [held, held])).toEqual([['sessions', '2008-06-23', 1, 'management']]);
});

test('a session that was corrected counts as it was last said, whichever is read first', () => {
  const corrected = event('consulting.session-corrected', { session: 'S1', heldOn: '2008-07-01', theme: 'skills' }, 2);
  const said = [['sessions', '2008-07-01', 1, 'skills']];
  expect(saidOf(figure, [held, corrected])).toEqual(said);
  expect(saidOf(figure, [corrected, held])).toEqual(said);
});

test('a session that was cancelled does not count, and another of the same day does', () => {
  const other = event('consulting.session-recorded', { session: 'S2.a', heldOn: '2008-06-23', theme: 'skills' }, 1);
  const cancelled = event('consulting.session-cancelled', { session: 'S1' }, 2);
  expect(saidOf(figure, [held, other, cancelled])).toEqual([['sessions', '2008-06-23', 1, 'skills']]);
});
