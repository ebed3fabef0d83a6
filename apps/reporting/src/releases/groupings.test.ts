import { expect, test } from '@jest/globals';
import { DIMENSIONS } from '../dimensions/dimensions.js';
import { GROUPINGS, groupingOf, isReleased } from './groupings.js';

test('a release has a table for the programme, for each dimension, and for pairs, each once', () => {
  const named = GROUPINGS.map((grouping) => grouping.join('+'));
  expect(named).toEqual(
    expect.arrayContaining(['', ...DIMENSIONS.map((d) => d.name).filter((n) => n !== 'programme')]),
  );
  expect(new Set(named).size).toBe(named.length);
  expect(GROUPINGS.filter(({ length }) => length > 2)).toEqual([]);
});

test('the order in which dimensions are asked does not matter', () => {
  expect([groupingOf(['size', 'basin']), groupingOf(['basin', 'size'])]).toEqual(['basin+size', 'basin+size']);
  expect(isReleased(['size', 'basin'])).toBe(true);
});

test.each([[['basin', 'size', 'year']], [['theme', 'origin']], [['programme']], [['colour']]])(
  '%j is not released',
  (dimensions) => {
    expect(isReleased(dimensions)).toBe(false);
  },
);
