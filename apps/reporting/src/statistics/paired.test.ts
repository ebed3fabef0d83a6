import { expect, test } from '@jest/globals';
import { changeOf, meanDifference, ratioOf } from './paired.js';
import { studentT, together } from './student.js';

test('quantiles of Student are those of tables', () => {
  expect(studentT(0.95, 9)).toBeCloseTo(2.262157, 5);
  expect(studentT(0.95, 459)).toBeCloseTo(1.965146, 5);
});

// Student's sleep data (1908), as R gives them: t.test(extra ~ group, paired = TRUE).
const FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
const pairs = FIRST.map((before, i) => ({ before, after: SECOND[i] ?? 0 }));

test('the mean of paired differences has the interval of Student’s own example', () => {
  const { value, low, high } = meanDifference(pairs, 0.95);
  expect([value, low, high].map((x) => Number(x.toFixed(7)))).toEqual([1.58, 0.7001142, 2.4598858]);
});

test('a ratio of totals is that of the totals, and has no interval where all firms change alike', () => {
  const alike = [10, 20, 40].map((before) => ({ before, after: 1.5 * before }));
  const ratio = ratioOf(alike);
  expect(ratio?.ratio).toBeCloseTo(1.5, 12);
  const { value, low, high } = changeOf(ratio ?? { ratio: 0, variance: 0, degrees: 1 }, 0.95);
  for (const x of [value, low, high]) expect(x).toBeCloseTo(0.5, 9);
});

test.each([
  [
    'nothing before',
    [
      { before: 0, after: 5 },
      { before: 0, after: 6 },
    ],
  ],
  ['one firm', [{ before: 1, after: 5 }]],
])('there is no ratio of %s', (_of, of) => {
  expect(ratioOf(of)).toBeUndefined();
});

test('variances of groups go together as Welch and Satterthwaite have them', () => {
  const { variance, degrees } = together([
    { variance: 2, degrees: 4 },
    { variance: 1, degrees: 9 },
  ]);
  expect([variance, degrees]).toEqual([3, 9 / (4 / 4 + 1 / 9)]);
});
