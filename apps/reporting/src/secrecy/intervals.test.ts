import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Interval, narrow, type Sum } from './intervals.js';

const INF = Number.POSITIVE_INFINITY;
const at = (low: number, high: number): Interval => ({ low, high });
const ends = (intervals: readonly Interval[]) => intervals.map(({ low, high }) => [low, high]);

describe('by one sum', () => {
  test('the total is known by its parts', () => {
    const known = [at(0, INF), at(3, 7), at(8, 12)];
    expect(narrow(known, [[0, 1, 2]])).toBe(true);
    expect(ends(known)).toEqual([
      [11, 19],
      [3, 7],
      [8, 12],
    ]);
    expect(known[0]).toMatchObject({ byLow: 0, byHigh: 0 });
  });

  test('a part is known by the total and the other parts, from above and from below', () => {
    const known = [at(18, 22), at(0, INF), at(8, 12)];
    narrow(known, [[0, 1, 2]]);
    expect(ends(known)[1]).toEqual([6, 14]);
  });

  test('two parts that are not bounded leave each other open, and what is bounded besides narrows nothing', () => {
    const known = [at(18, 22), at(-INF, INF), at(-INF, INF), at(0, 4)];
    narrow(known, [[0, 1, 2, 3]]);
    expect(ends(known)).toEqual([
      [18, 22],
      [-INF, INF],
      [-INF, INF],
      [0, 4],
    ]);
  });

  test('the one part that is not bounded is known by all others', () => {
    const known = [at(18, 22), at(-INF, INF), at(0, 4)];
    narrow(known, [[0, 1, 2]]);
    expect(ends(known)[1]).toEqual([14, 22]);
  });

  test('nothing is left of a total that is nothing', () => {
    const known = [at(0, 0), at(0, INF), at(0, INF)];
    narrow(known, [[0, 1, 2]]);
    expect(ends(known)).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});

test('what one sum says narrows what another says, in whatever order they are looked at', () => {
  // a = b + c, c = d + e.
  const sums: Sum[] = [
    [0, 1, 2],
    [2, 3, 4],
  ];
  const of = (order: readonly Sum[]) => {
    const known = [at(10, 10), at(4, 4), at(0, INF), at(5, 9), at(0, INF)];
    narrow(known, order);
    return ends(known);
  };
  expect(of(sums)).toEqual([
    [10, 10],
    [4, 4],
    [6, 6],
    [5, 6],
    [0, 1],
  ]);
  expect(of([...sums].reverse())).toEqual(of(sums));
});

test('bounds that creep are given up, and that is said', () => {
  // x = y and y = x + 1 hold of no number: each look says one more.
  const known = [at(0, INF), at(0, INF), at(1, 1)];
  expect(
    narrow(known, [
      [0, 1],
      [1, 0, 2],
    ]),
  ).toBe(false);
});

test('the true numbers are never outside, whatever they are and however they sum', () => {
  const value = fc.record({ amount: fc.integer({ min: -50, max: 50 }), below: fc.nat(9), above: fc.nat(9) });
  const open = fc.constantFrom('none', 'below', 'above', 'both');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, open), { minLength: 3, maxLength: 12 }),
      fc.array(fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 5 }), { maxLength: 12 }),
      (numbers, partsOf) => {
        const truth = numbers.map(([{ amount }]) => amount);
        const known = numbers.map(([{ amount, below, above }, is]) =>
          at(
            is === 'below' || is === 'both' ? -INF : amount - below,
            is === 'above' || is === 'both' ? INF : amount + above,
          ),
        );
        // Each sum is a number of its own, of which nothing is known or all; sums of sums as well.
        const sums = partsOf.map((parts): Sum => {
          const of = [...new Set(parts.map((part) => part % truth.length))];
          const total = of.reduce((so, part) => so + (truth[part] as number), 0);
          truth.push(total);
          known.push(total % 2 === 0 ? at(total, total) : at(-INF, INF));
          return [truth.length - 1, ...of];
        });
        narrow(known, sums);
        for (const [i, { low, high }] of known.entries())
          expect(within(low, high)(truth[i] as number) || [low, truth[i], high]).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

const within = (low: number, high: number) => (value: number) => low <= value && value <= high;
