import { expect, test } from '@jest/globals';
import { medianInterval, medianOf, medianValue, middleOfAll } from './median.js';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, median) => {
  expect(medianOf(values)).toBe(median);
});

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

// Tables of order statistics (Conover, Practical Nonparametric Statistics, 3rd ed. 1999, table A3 and after).
test.each([
  [6, [1, 6]],
  [10, [2, 9]],
  [20, [6, 15]],
  [50, [18, 33]],
  [100, [40, 61]],
])('of %i values the interval of 95 %% is between the values of ranks %j', (n, ranks) => {
  expect(medianInterval(upTo(n), 0.95)).toEqual(ranks);
});

test('five values are too few', () => {
  expect(medianInterval(upTo(5), 0.95)).toBeUndefined();
  expect(middleOfAll(5, 0.95)).toBeUndefined();
});

test.each([[6], [7], [10], [20], [33], [50], [100], [1000]])(
  'of %i values that weigh alike, the parts between which the middle lies are the ranks of the interval',
  (n) => {
    const parts = middleOfAll(n, 0.95) ?? [];
    // The value at a part is the first of which, with all before it, there are so many.
    expect(parts.map((part) => Math.floor(n * part) + 1)).toEqual(medianInterval(upTo(n), 0.95));
  },
);

test('where all answered, the middle is the middle', () => {
  expect(middleOfAll(Number.POSITIVE_INFINITY, 0.95)).toEqual([0.5, 0.5]);
});

test('of very many values it is near to the normal one', () => {
  const [low] = medianInterval(upTo(100_000), 0.95) ?? [0];
  expect(Math.abs(low - (50_000 - 1.96 * Math.sqrt(25_000)))).toBeLessThan(3);
});

test('a median says how far it and its ends may move by one value', () => {
  expect(medianValue([1, 2, 3, 4, 10, 100], 0.95)).toEqual({
    value: 3.5,
    low: 1,
    high: 100,
    ofOneFirm: 90,
    isOfSingleFirms: true,
  });
  expect(medianValue([5], 0.95)).toEqual({ value: 5, ofOneFirm: 0, isOfSingleFirms: true });
});
