import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './participation-by-stage.js';

const said = { session: 'S1', heldOn: '2008-06-23', theme: 'skills', participants: ['EMPLOYEES'] } as const;

test('who took part in a session counts at its stage', () => {
  const held = event('consulting.session-recorded', { ...said, participants: ['EMPLOYEES'], stage: 'ACTION_PLAN' });
  expect(saidOf(figure, [held])).toEqual([
    ['participationByStage', '2008-06-23', 1, 'skills'],
    ['participationByStage:ACTION_PLAN:EMPLOYEES', '2008-06-23', 1, 'skills'],
  ]);
});

test('a session of before stages were told counts at none', () => {
  const held = event('consulting.session-recorded', {
    ...said,
    participants: ['EMPLOYEES'],
    stage: undefined as never,
  });
  expect(saidOf(figure, [held])).toEqual([]);
});
