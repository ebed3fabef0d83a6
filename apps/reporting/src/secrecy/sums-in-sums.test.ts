import { describe, expect, test } from '@jest/globals';
import { sumsInSums } from './sums-in-sums.js';

describe('a sum whose parts are all parts of another', () => {
  test('stands in their place there', () => {
    expect(
      sumsInSums([
        [0, 1, 2, 3],
        [4, 1, 2],
      ]),
    ).toEqual([[0, 3, 4]]);
  });

  test('of all parts of another says that both are the same', () => {
    expect(
      sumsInSums([
        [0, 1, 2],
        [3, 1, 2],
      ]),
    ).toEqual([
      [3, 0],
      [0, 3],
    ]);
  });

  test('that has another part, or one alone, says nothing new', () => {
    expect(
      sumsInSums([
        [0, 1, 2, 3],
        [4, 1, 2, 5],
        [6, 3],
      ]),
    ).toEqual([]);
  });
});
