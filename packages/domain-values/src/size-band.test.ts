import { expect, test } from '@jest/globals';
import { sizeBand } from './size-band.js';

test.each([
  [0, '0-9'],
  [9, '0-9'],
  [10, '10-49'],
  [49, '10-49'],
  [50, '50-99'],
  [99, '50-99'],
  [100, '100-249'],
  [249, '100-249'],
  [250, '250+'],
])('%i employees are in %s', (headcount, band) => {
  expect(sizeBand(headcount)).toBe(band);
});
