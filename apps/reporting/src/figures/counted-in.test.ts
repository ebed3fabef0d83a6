import { describe, expect, test } from '@jest/globals';
import type { At } from '../dimensions/dimensions.js';
import { toldOf } from '../secrecy/told.js';
import { countedIn, nothingAt } from './counted-in.js';

const cell = toldOf(
  {},
  new Map([
    ['detected', [9, 9]],
    ['workshops', [4, 0]],
    ['sessions', [7, 5]],
    ['participation', [7, 5]],
    ['participation:EMPLOYEES', [7, 5]],
    ['declined', [3, 3]],
    ['declined:COST', [3, 3]],
  ]),
);
const told = (at: At) => {
  const { value, firms, parts } = countedIn(at, cell);
  return {
    values: ['detected', 'workshops', 'sessions'].map(value),
    firms: ['detected', 'workshops', 'sessions'].map(firms),
    parts: ['participation', 'declined'].map(parts),
  };
};
const all = told({});

describe('what is told of a part', () => {
  test.each([{}, { basin: 'lens' }, { year: '2010', action: 'a' }, { theme: '' }, { section: '', theme: '' }])(
    '%j is all of it',
    (at) => {
      expect(told(at)).toEqual(all);
      expect(all.values).toEqual([9, 4, 7]);
    },
  );

  test.each([{ section: 'C' }, { size: '10-49', year: '2010' }, { region: '32', theme: '' }])(
    'of firms alone, %j, is nothing of workshops',
    (at) => {
      expect(told(at)).toEqual({ ...all, values: [9, null, 7], firms: [9, null, 5] });
    },
  );

  test('of a theme is nothing of what knows none, nor what it is made of', () => {
    expect(told({ theme: 'skills' })).toEqual({
      values: [null, 4, 7],
      firms: [null, 0, 5],
      parts: [[['EMPLOYEES', 7]], []],
    });
  });

  test('of a theme and of firms alone is nothing of either', () => {
    expect(told({ theme: 'skills', section: 'C' }).values).toEqual([null, null, 7]);
  });

  test('where nothing happened is zero for what is counted there alone', () => {
    const nothing = (at: At) => ['detected', 'workshops', 'sessions'].map(nothingAt(at).value);
    expect(nothing({ theme: 'skills' })).toEqual([null, 0, 0]);
    expect(nothing({ section: 'C' })).toEqual([0, null, 0]);
  });
});
