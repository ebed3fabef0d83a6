import { expect, test } from '@jest/globals';
import { sequenceOf } from './sequence.js';

test.each(['1e3', '0x10', ' 5 ', '1.0', '-1', '0', '', '٣', '99999999999999999', undefined])(
  'a sequence written %j is none',
  (text) => {
    expect(sequenceOf(text)).toBeUndefined();
  },
);

test.each([
  ['1', 1],
  ['0042', 42],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
])('a sequence written %j is %d', (text, number) => {
  expect(sequenceOf(text)).toBe(number);
});
