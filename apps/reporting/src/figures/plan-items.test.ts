import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './plan-items.js';

const item = (name: string) => ({ item: name, theme: 'skills', title: 'T', owner: 'O', dueOn: '2009-03-31' }) as const;
const agreed = (agreedOn: string, version: number, items: readonly string[]) =>
  event('consulting.action-plan-agreed', { agreedOn, version, items: items.map(item) }, version);

test('each item of a plan counts on the day of the last version that names it', () => {
  expect(saidOf(figure, [agreed('2008-09-15', 1, ['p1', 'p2']), agreed('2009-01-10', 2, ['p2', 'p3'])])).toEqual([
    ['planItems', '2008-09-15', 1],
    ['planItems', '2009-01-10', 1],
    ['planItems', '2009-01-10', 1],
  ]);
});

test('an item whose progress is told before its plan counts when the plan is there', () => {
  const progress = event('consulting.action-plan-item-progressed', { item: 'p1' });
  expect(saidOf(figure, [progress])).toEqual([]);
  expect(saidOf(figure, [progress, agreed('2008-09-15', 1, ['p1'])])).toEqual([['planItems', '2008-09-15', 1]]);
});
