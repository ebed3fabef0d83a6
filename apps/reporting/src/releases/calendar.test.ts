import { expect, test } from '@jest/globals';
import { isDue } from './calendar.js';

test.each([
  ['DAY', '2026-12-01', '2026-12-01', false],
  ['DAY', '2026-12-02', '2026-12-01', true],
  // 2026-11-30 is a Monday.
  ['WEEK', '2026-12-06', '2026-11-30', false],
  ['WEEK', '2026-12-07', '2026-12-06', true],
  ['WEEK', '2026-12-01', '2026-11-29', true],
  ['MONTH', '2026-12-31', '2026-12-01', false],
  ['MONTH', '2027-01-01', '2026-12-31', true],
  ['QUARTER', '2026-12-31', '2026-10-01', false],
  ['QUARTER', '2027-01-01', '2026-10-01', true],
  ['QUARTER', '2026-12-01', '2026-09-30', true],
] as const)('by %s, on %s where the last release is of %s: due %s', (every, today, last, due) => {
  expect(isDue(today, last, every)).toBe(due);
});

test('a release that was missed is made up for on the next day', () => {
  expect(isDue('2026-12-17', '2026-11-01', 'MONTH')).toBe(true);
});
