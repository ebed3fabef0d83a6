import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByWorkshops } from '../../test/said.js';
import { figure } from './workshops.js';

test('each workshop that was held counts once, on its day', () => {
  const first = event('workshops.workshop-held', { workshop: 'W1', heldOn: '2008-07-03' });
  const second = event('workshops.workshop-held', { workshop: 'W2', heldOn: '2008-07-03' });
  expect(saidByWorkshops(figure, [first, second, first])).toEqual([
    ['workshops', '2008-07-03', 1],
    ['workshops', '2008-07-03', 1],
  ]);
});
