import { expect, test } from '@jest/globals';
import { liveCell } from './live-source.js';

const one = { value: 4, firms: 4, largest: 1 };
const cell = {
  at: {},
  of: new Map(
    ['declined', 'declined:COST', 'survey', 'survey:drawnAtLeastOnce', 'survey:asked:roles_clear'].map((of) => [
      of,
      one,
    ]),
  ),
};
const told = (notWhole: readonly string[]) => {
  const { value, parts } = liveCell(cell, new Set(notWhole));
  return { declined: value('declined'), reasons: parts('declined'), survey: value('survey'), answers: parts('survey') };
};
const asked = ['asked:roles_clear', 4] as const;

test('a figure is told while the history of its parts is being read, and those are not', () => {
  expect(told(['refusal-reasons', 'draws'])).toEqual({
    declined: 4,
    reasons: [['COST', null]],
    survey: 4,
    answers: [asked, ['drawnAtLeastOnce', null]],
  });
});

test('nothing is told of a figure whose own history is being read', () => {
  expect(told(['refusal'])).toEqual({
    declined: null,
    reasons: [],
    survey: 4,
    answers: [asked, ['drawnAtLeastOnce', 4]],
  });
});
