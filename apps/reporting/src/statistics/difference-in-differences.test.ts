import { expect, test } from '@jest/globals';
import { changeAgainst } from './difference-in-differences.js';
import { changeOf, ratioOf } from './paired.js';
import { studentT } from './student.js';

const pairs = [
  { before: 100, after: 180 },
  { before: 200, after: 260 },
  { before: 150, after: 300 },
];
const equally = (of: typeof pairs) => of.map((pair) => ({ ...pair, weight: 1 / of.length }));
const others = [
  { before: 90, after: 100 },
  { before: 210, after: 190 },
  { before: 60, after: 90 },
  { before: 120, after: 100 },
];

test('of equal weights, each side is as it is by itself, and variances add up', () => {
  const said = changeAgainst(pairs, equally(others), 0.95);
  const second = ratioOf(others);
  expect(said?.compared.value).toBeCloseTo(0, 12);
  expect(said?.accompanied.value).toBeCloseTo(740 / 450 - 1, 12);
  expect(said?.effect.value).toBeCloseTo(740 / 450 - 1, 12);
  const alone = second && changeOf(second, 0.95);
  expect(said?.compared.low).toBeCloseTo(alone?.low ?? Number.NaN, 9);
  expect(said?.difference.value).toBeCloseTo(290 / 3, 9);
});

test('the difference of differences has the interval of Welch', () => {
  const { difference } = changeAgainst(pairs, equally(others), 0.95) ?? {};
  // Of the differences (80, 60, 150) and (10, -20, 30, -20): sums of squares 4466.67 and 1800.
  const [first, second] = [13_400 / 3 / 2 / 3, 1800 / 3 / 4];
  const degrees = (first + second) ** 2 / (first ** 2 / 2 + second ** 2 / 3);
  const half = studentT(0.95, degrees) * Math.sqrt(first + second);
  expect(difference?.high).toBeCloseTo(290 / 3 + half, 6);
  expect(difference?.low).toBeCloseTo(290 / 3 - half, 6);
});

test('a firm that weighs more counts more, and fewer equal ones are behind it', () => {
  const weights = [0.7, 0.1, 0.1, 0.1];
  const weighted = others.map((other, i) => ({ ...other, weight: weights[i] ?? 0 }));
  const said = changeAgainst(pairs, weighted, 0.95);
  expect(said?.compared.value).toBeCloseTo((0.7 * 100 + 38) / (0.7 * 90 + 39) - 1, 12);
  const width = (of: typeof said) => (of?.compared.high ?? 0) - (of?.compared.low ?? 0);
  expect(width(said)).toBeGreaterThan(width(changeAgainst(pairs, equally(others), 0.95)));
});

test.each([
  ['one firm', pairs.slice(0, 1), others],
  ['one other', pairs, others.slice(0, 1)],
  ['others who spend nothing', pairs, others.map((other) => ({ ...other, before: 0 }))],
])('of %s nothing is said', (_of, first, second) => {
  expect(changeAgainst(first, equally(second), 0.95)).toBeUndefined();
});
