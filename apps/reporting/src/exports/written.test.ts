import { expect, test } from '@jest/globals';
import { day, euros, points, type SheetCell } from './sheet.js';
import { decimalsOf, written, writtenDay } from './written.js';

test.each<[SheetCell, string, string]>([
  [null, 's', 's'],
  [0, '0', '0'],
  [12345, '12\u202f345', '12,345'],
  [-3, '\u22123', '\u22123'],
  [euros(-123456), '\u22121\u202f235\u202f€', '\u2212€1,235'],
  [{ value: 0.8417, as: 'share' }, '84,2\u202f%', '84.2%'],
  [{ value: 0.846, as: 'change' }, '+84,6\u202f%', '+84.6%'],
  [points(0.5167), '+51,7', '+51.7'],
  [points(-0.05), '\u22125,0', '\u22125.0'],
  [points(0), '0,0', '0.0'],
  [day('2010-01-04'), '4 janvier 2010', '4 January 2010'],
  [day('2007-09-01'), '1er septembre 2007', '1 September 2007'],
  [day(undefined), '', ''],
])('%j', (cell, french, english) => {
  expect([written(cell, 'fr'), written(cell, 'en')]).toEqual([french, english]);
});

test('what is no day stays as it is', () => {
  expect(writtenDay('bientôt', 'fr')).toBe('bientôt');
});

test('what was rounded to whole percents does not look finer, and numbers of one column are written alike', () => {
  const share = (value: number): SheetCell => ({ value, as: 'share' });
  expect(decimalsOf([share(0.32), points(0.56), null, 's', 7])).toBe(0);
  expect(decimalsOf([share(0.32), share(0.3253)])).toBe(1);
  expect(written(share(0.32), 'fr', 0)).toBe('32\u202f%');
});
