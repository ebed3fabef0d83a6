import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { baseOf, leftOpen, rounded } from './rounding.js';

describe('the base to which a number is rounded', () => {
  test.each([
    ['a count of firms', 1, false, 5],
    ['a count of which one firm makes 25', 25, false, 5],
    ['a count of which one firm makes 26', 26, false, 10],
    ['a count of which one firm makes 51', 51, false, 20],
    ['a count of which one firm makes 300', 300, false, 100],
    ['an amount of which one firm makes 500 euros', 50_000, true, 10_000],
    ['an amount of which one firm makes a cent more', 50_001, true, 20_000],
    ['an amount of which one firm makes 300 000 euros', 30_000_000, true, 10_000_000],
    ['an amount of which one firm takes 9 euros back', 900, true, 10_000],
  ])('of %s', (_what, largest, isAmount, base) => {
    expect(baseOf({ largest }, isAmount)).toBe(base);
  });

  test('is 1, 2 or 5 times a power of ten, and a fifth of the largest firm at least', () => {
    fc.assert(
      fc.property(fc.nat(1e12), fc.boolean(), (largest, isAmount) => {
        const base = baseOf({ largest }, isAmount);
        expect(base).toBeGreaterThanOrEqual(0.2 * largest);
        expect(['1', '2', '5']).toContain(String(base).replace(/0+$/, ''));
      }),
    );
  });
});

describe('a number that is rounded', () => {
  test.each([
    ['to the nearest multiple', 13, 5, 15],
    ['to the even multiple, halfway below it', 15, 10, 20],
    ['to the even multiple, halfway above it', 25, 10, 20],
    ['to its base where it is less than half of it', 1, 5, 5],
    ['to its base below nothing', -1, 5, -5],
    ['with its sign', -13, 5, -15],
    ['as nothing where it is nothing', 0, 5, 0],
  ])('is told %s', (_what, value, base, told) => {
    expect(rounded(value, base) + 0).toBe(told);
  });

  test.each([5, 10, 20, 50])('leaves open to a reader every number that is told as it is, to %d', (base) => {
    for (let value = -500; value <= 500; value++) {
      const told = rounded(value, base);
      const [least, greatest] = leftOpen(told, base);
      expect([value, least <= value && value <= greatest]).toEqual([value, true]);
      // Never more than one told number lies between.
      expect(greatest - least).toBeLessThanOrEqual(1.5 * base);
    }
  });
});
