import { expect, test } from '@jest/globals';
import { dueReminder } from './due.js';

test.each([
  ['2008-06-25', undefined],
  ['2008-06-26', 7],
  ['2008-07-01', 7],
  ['2008-07-02', 1],
  ['2008-07-03', undefined],
  ['2008-07-04', undefined],
])('on %s, of a workshop on 2008-07-03', (today, days) => {
  expect(dueReminder('2008-07-03', today)).toBe(days);
});
