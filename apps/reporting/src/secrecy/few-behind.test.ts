import { describe, expect, test } from '@jest/globals';
import type { Stat } from '../cube/cell.js';
import { below, EVERYTHING, fewBehind, isAmong } from './few-behind.js';
import { toldOf } from './told.js';

const SUMS = [
  { total: 'enrolled', parts: ['accompanied', 'abandoned'] },
  { total: 'accompanied', parts: ['accompanied:*'] },
  { total: 'survey:asked:?', parts: ['survey:before:?', 'survey:after:?'] },
  { total: 'spend', parts: ['spend:funder:*'] },
];
const hidden = (firms: Readonly<Record<string, number>>) => {
  const of = new Map(
    Object.entries(firms).map(([name, n]): [string, Stat] => [name, { value: n, firms: n, largest: 1 }]),
  );
  return [...fewBehind(of, SUMS, { leastFirms: 3, isSecretFree: (measure) => measure === 'workshops' })].sort();
};

describe('behind a number of one or two firms', () => {
  test.each([
    ['everything below it', { detected: 40, survey: 1 }, [below('survey')]],
    [
      'the parts of its sums, and theirs, whether they are there or not',
      { detected: 40, enrolled: 2 },
      ['abandoned', 'accompanied', ...['abandoned', 'accompanied', 'enrolled'].map(below)],
    ],
    [
      'what was answered to one question',
      { survey: 40, 'survey:asked:roles': 2 },
      ['survey:after:roles', 'survey:before:roles'],
    ],
    ['all of a part that has no more firms', { detected: 2, spend: 1 }, [EVERYTHING]],
    ['nothing where there are three', { detected: 3, survey: 3 }, []],
    ['nothing where there is none', { detected: 40, survey: 0 }, []],
    ['nothing of what is of no firm', { detected: 40, workshops: 1 }, []],
  ])('%s', (_what, firms, names) => {
    expect(hidden(firms)).toEqual([...names].sort());
  });
});

test.each([
  ['survey', false],
  ['survey:after:roles', true],
  ['surveyDrawn', false],
])('%s is below survey: %s', (measure, is) => {
  expect(isAmong(new Set([below('survey')]), measure)).toBe(is);
});

test('a cell tells neither a part of it nor which there are', () => {
  const cell = toldOf(
    {},
    new Map([
      ['survey', null],
      [below('survey'), null],
      ['survey:after:roles', null],
      ['detected', [40, 40]],
    ]),
  );
  expect([cell.value('survey:after:roles'), cell.value('survey:before:roles'), cell.parts('survey')]).toEqual([
    null,
    null,
    [],
  ]);
  expect([cell.value('detected'), cell.value('enrolled')]).toEqual([40, 0]);
});
