import { expect, test } from '@jest/globals';
import { isWithin, spendWindows } from './spend-windows.js';

test('windows end before the month of enrolment and begin after the month of completion', () => {
  expect(spendWindows('2008-02-10', '2009-12-20')).toEqual({
    before: { from: '2007-02', until: '2008-02' },
    after: { from: '2010-01', until: '2011-01' },
  });
});

test('a firm that did not complete has none', () => {
  expect(spendWindows('2008-02-10', undefined)).toBeUndefined();
  expect(spendWindows(undefined, '2009-12-20')).toBeUndefined();
});

test('a window holds its first month and not the month that ends it', () => {
  const window = { from: '2007-02', until: '2008-02' };
  expect(['2007-01', '2007-02', '2008-01', '2008-02'].map((month) => isWithin(month, window))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
