import { expect, test } from '@jest/globals';
import { isNaf } from './naf.js';

test('knows the subclasses of NAF rev. 2 and nothing else', () => {
  expect(isNaf('25.62B')).toBe(true);
  expect(isNaf('25.62')).toBe(false);
  expect(isNaf('99.99X')).toBe(false);
});
