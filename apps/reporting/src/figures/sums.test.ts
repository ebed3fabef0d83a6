import { expect, test } from '@jest/globals';
import { FIGURES } from './registry.js';
import { sumsOf } from './sums.js';

const partsOf = (total: string, measures: readonly string[]) =>
  sumsOf(measures)
    .filter((sum) => sum.total === total)
    .map(({ parts }) => parts);

test('a part that ends with a star is every measure of that name that is there', () => {
  const measures = ['spend', 'spend:lines', 'spend:funder:a', 'spend:funder:b', 'spend:scheme:PLAN'];
  expect(partsOf('spend', measures)).toEqual([['spend:funder:a', 'spend:funder:b'], ['spend:scheme:PLAN'], []]);
});

test('a question mark is each question that was asked, the same in the total and its parts', () => {
  const measures = ['survey', 'survey:asked:q', 'survey:before:q', 'survey:asked:r'];
  expect(partsOf('survey:asked:q', measures)).toEqual([['survey:before:q'], [], ['survey:before:q']]);
  expect(partsOf('survey', measures)).toContainEqual(['survey:asked:r']);
});

test('a sum holds where only some of its parts are there', () => {
  const measures = ['survey', 'survey:trend:activity:DOWN', 'survey:trend:activity:STABLE'];
  expect(partsOf('survey', measures)).toContainEqual(['survey:trend:activity:STABLE', 'survey:trend:activity:DOWN']);
});

test('a sum whose total is not there does not hold', () => {
  expect(sumsOf(['spendEnrolled:x', 'accompanied'])).toEqual([]);
});

test('what is left of a sum is called the same, whichever other measures are there and in whichever order', () => {
  const some = ['survey', 'survey:asked:q', 'spend', 'spendEnrolled'];
  const more = ['spendEnrolled', 'survey:asked:a', 'spend:funder:x', 'detected', 'qualified', ...some];
  const names = (measures: readonly string[]) => new Map(sumsOf(measures).map((s) => [s.measure, s.total]));
  const known = names(more);
  expect([...names(some)].filter(([measure, total]) => known.get(measure) !== total)).toEqual([]);
});

test('what is left of different sums is called differently, is told to nobody, and stands for no other measures', () => {
  const measures = [...FIGURES.map(({ id }) => id), 'spend:funder:a', 'survey:asked:q', 'survey:before:q'];
  const names = sumsOf(measures).map(({ measure }) => measure);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !name.startsWith('~') || name.endsWith('*'))).toEqual([]);
});
