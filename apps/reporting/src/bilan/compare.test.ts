import { expect, test } from '@jest/globals';
import { notComparableIn } from './compare.js';

const ids = ['enrolled', 'qualified', 'under100', 'spend'];
const told = (programmes: number, axis: string) =>
  notComparableIn(ids, programmes, axis).map(({ indicator, across }) => [indicator, ...across]);

test('side by side, each figure whose numbers do not mean the same is named with the reason', () => {
  expect(told(2, 'programme')).toEqual([
    ['qualified', 'programmes'],
    ['under100', 'programmes'],
    ['spend', 'programmes'],
  ]);
  expect(told(2, 'wave')).toEqual([
    ['qualified', 'programmes', 'waves'],
    ['under100', 'programmes'],
    ['spend', 'programmes', 'waves'],
  ]);
  const [first] = notComparableIn(['qualified'], 2, 'programme');
  expect([first?.reasonFr, first?.reasonEn].every((reason) => (reason?.length ?? 0) > 20)).toBe(true);
});

test('within one programme, only what differs along the dimension is named', () => {
  expect([told(1, 'programme'), told(1, 'size')]).toEqual([[], []]);
  expect(told(1, 'region')).toEqual([['spend', 'regions']]);
});
