import { expect, test } from '@jest/globals';
import { inOrder } from './in-order.js';

test.each([
  [
    ['100-249', '0-9', '250+', '50-99', '10-49'],
    ['0-9', '10-49', '50-99', '100-249', '250+'],
  ],
  [
    ['T', '2025-T', 'C', '2025-K'],
    ['2025-K', '2025-T', 'C', 'T'],
  ],
  [
    ['2012', '2009'],
    ['2009', '2012'],
  ],
  [
    ['lille', 'artois-ternois'],
    ['artois-ternois', 'lille'],
  ],
])('%j stand as %j', (codes, sorted) => {
  expect([...codes].sort(inOrder)).toEqual(sorted);
});
