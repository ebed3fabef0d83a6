import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Disclosure, isSecret, maskedCells } from './secrecy.js';

const cell = (value: number, firms = value, largest?: number): Disclosure => ({
  value,
  firms,
  ...(largest === undefined ? {} : { largest }),
});

describe('a cell by itself', () => {
  test.each([
    ['nobody', cell(0, 0), false],
    ['two firms', cell(2), true],
    ['three firms', cell(3), false],
    ['three firms, one with 85 %', cell(10_000, 3, 8_500), false],
    ['three firms, one with more', cell(10_000, 3, 8_501), true],
    ['something that comes to nothing, of two firms', cell(0, 2), true],
  ])('%s', (_what, one, secret) => {
    expect(isSecret(one)).toBe(secret);
  });
});

test('one masked cell of a column takes its smallest neighbour with it', () => {
  const table = [[cell(2)], [cell(40)], [cell(5)], [cell(0)], [cell(47)]];
  expect(maskedCells(table, { columns: false }).map(([m]) => m)).toEqual([true, false, true, false, false]);
});

test('a crossed table: no masked cell can be had by subtraction, along a row or down a column', () => {
  const inner = fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(inner, (rows) => {
      const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
      const withTotals = [...rows, (rows[0] ?? []).map((_, c) => sum(rows.map((r) => r[c] ?? 0)))].map((row) => [
        ...row,
        sum(row),
      ]);
      const masked = maskedCells(
        withTotals.map((row) => row.map((value) => cell(value))),
        { columns: true },
      );
      const lines = [...masked, ...(masked[0] ?? []).map((_, c) => masked.map((row) => row[c] ?? false))];
      for (const line of lines) expect(line.filter(Boolean)).not.toHaveLength(1);
      for (const [r, row] of withTotals.entries())
        for (const [c, value] of row.entries()) if (value > 0 && value < 3) expect(masked[r]?.[c]).toBe(true);
    }),
    { numRuns: 500 },
  );
});
