import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { workshopThemes } from '../facts/keepers/attendance.js';
import { figure } from './workshops.js';

test('each workshop that was held counts once, on its day, with its theme', () => {
  const first = event('workshops.workshop-held', { workshop: 'W1', heldOn: '2008-07-03', theme: 'skills' });
  const second = event('workshops.workshop-held', { workshop: 'W2', heldOn: '2008-07-03', theme: 'skills' });
  // Themes are kept for the dimension.
  const kept = { ...figure, keeps: [...figure.keeps, workshopThemes] };
  expect(saidByRecords(kept, 'workshops', [first, second, first])).toEqual([
    ['workshops', '2008-07-03', 1, 'skills'],
    ['workshops', '2008-07-03', 1, 'skills'],
  ]);
});
