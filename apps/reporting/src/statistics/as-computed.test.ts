import { expect, test } from '@jest/globals';
import { asComputed } from './as-computed.js';

test.each([
  [0.845_48, 0.845_48],
  [2 / 3, 0.666_666_666_667],
  [0.1 + 0.2, 0.3],
  [459_504 + 0.1 * 7, 459_504.7],
  [1e-17, 0],
  [-1e-17, 0],
])('%d is %d', (x, is) => {
  expect(asComputed(x)).toBe(is);
});
