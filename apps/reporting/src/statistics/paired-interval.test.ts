import { expect, test } from '@jest/globals';
import { pairedDifference } from './paired-interval.js';

// Counts of a 2x2 table of 21 pairs (1, 1, 7, 12), the interval computed apart, in Python, from the formula of the article.
test('seven gained and one lost, of 21', () => {
  expect(pairedDifference(21, 2, 8, 7, 1)).toMatchObject({
    difference: expect.closeTo(6 / 21, 11),
    low: expect.closeTo(0.0134, 4),
    high: expect.closeTo(0.5084, 4),
  });
});

test('nobody changed: the interval still has a width, around nothing', () => {
  expect(pairedDifference(30, 12, 12, 0, 0)).toEqual({
    n: 30,
    before: 0.4,
    after: 0.4,
    difference: 0,
    low: expect.closeTo(-0.0866, 4),
    high: expect.closeTo(0.0866, 4),
  });
});

test('no firm, no interval', () => {
  expect(pairedDifference(0, 0, 0, 0, 0)).toBeUndefined();
});
