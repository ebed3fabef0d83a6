import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './plan-items-done.js';

const progress = (status: 'DONE' | 'STARTED', on: string, sequence: number) =>
  event('consulting.action-plan-item-progressed', { item: 'p1', status, on } as never, sequence);

test('an item that is done counts on the day on which it was done', () => {
  expect(saidOf(figure, [progress('STARTED', '2008-10-01', 1), progress('DONE', '2009-03-20', 2)])).toEqual([
    ['planItemsDone', '2009-03-20', 1],
  ]);
});

test('an item that is under way, or was taken up again, is not done', () => {
  expect(saidOf(figure, [progress('DONE', '2009-03-20', 1), progress('STARTED', '2009-04-01', 2)])).toEqual([]);
});
