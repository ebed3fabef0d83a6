import { expect, test } from '@jest/globals';
import { toldOf } from '../secrecy/told.js';
import { countedIn, nothingAt } from './counted-in.js';

const cell = (at: Readonly<Record<string, string>>) =>
  countedIn(
    at,
    toldOf(
      at,
      new Map([
        ['workshops', [4, 0] as const],
        ['detected', [9, 9] as const],
      ]),
    ),
  );

test('in a part of firms alone nothing is told of what is of no firm, which is not the same as none', () => {
  expect([cell({ section: 'C' }).value('workshops'), cell({ section: 'C' }).value('detected')]).toEqual([null, 9]);
  expect([nothingAt({ section: 'C' }).value('workshops'), nothingAt({ section: 'C' }).value('detected')]).toEqual([
    null,
    0,
  ]);
});

test.each([[{}], [{ basin: 'lens' }], [{ section: '' }]])('elsewhere all is told: %j', (at) => {
  expect(cell(at).value('workshops')).toBe(4);
  expect(nothingAt(at).value('workshops')).toBe(0);
});
