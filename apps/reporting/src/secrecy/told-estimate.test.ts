import { describe, expect, test } from '@jest/globals';
import type { Estimated } from '../statistics/estimate.js';
import { toldEstimate, wholeEstimate } from './told-estimate.js';

const rule = { leastFirms: 3, largestShare: 0.85, every: 'MONTH' } as const;
const label = { labelFr: '', labelEn: '' };
const shape = {
  values: {
    mean: { ...label, unit: 'euro cent' },
    change: { ...label, unit: 'change' },
    days: { ...label, unit: 'day' },
  },
} as const;
const estimated: Estimated = {
  n: 458,
  counts: { rose: 321, fell: 137, stayed: 0, waiting: 2 },
  values: {
    mean: { value: 459_504.7, low: 431_234.2, high: 487_775.1 },
    change: { value: 0.84546, low: 0.7512, high: 0.9448 },
    days: { value: 425.5 },
  },
  behind: new Map(),
};
const told = (more: Partial<Estimated>) => toldEstimate(shape, { ...estimated, ...more }, rule);

test('who sees every figure sees numbers as they are: whoever shows them rounds them, once', () => {
  expect(wholeEstimate(shape, estimated)).toMatchObject({
    n: 458,
    counts: { rose: 321, waiting: 2 },
    values: { mean: { value: 459_504.7, low: 431_234.2 }, change: { value: 0.845_46 }, days: { value: 425.5 } },
  });
});

describe('in a release', () => {
  test('firms are told to five, amounts to two digits, shares to whole percents', () => {
    expect(told({ counts: { rose: 321, fell: 137, stayed: 0, waiting: 6 } })).toEqual({
      n: 460,
      counts: { rose: 320, fell: 135, stayed: 0, waiting: 5 },
      values: {
        mean: { value: 460_000, low: 430_000, high: 490_000 },
        change: { value: 0.85, low: 0.75, high: 0.94 },
        days: { value: 430 },
      },
    });
  });

  test('where a count is of one firm or two, it is masked with those of nothing, and all others are told to ten', () => {
    expect(told({})).toMatchObject({ n: 460, counts: { rose: 320, fell: 140, stayed: null, waiting: null } });
  });

  test('nothing is told of fewer than ten firms, nor where one of the groups is smaller', () => {
    const nothing = { n: null, counts: { rose: null, waiting: null }, values: { mean: null, change: null } };
    expect(told({ n: 9 })).toMatchObject(nothing);
    expect(told({ groups: [458, 9] })).toMatchObject(nothing);
    expect(toldEstimate(shape, { ...estimated, n: 11 }, { ...rule, leastFirms: 12 })).toMatchObject(nothing);
    const parts = [12, 7].map((n) => ({ ...label, key: `${n}`, n, values: { days: { value: 31 } } }));
    expect(told({ parts }).parts).toMatchObject([
      { key: '12', n: 10, values: { days: { value: 31 } } },
      { key: '7', n: null, values: { days: null } },
    ]);
  });

  test('what one firm makes much of is rounded by more, and what it dominates is not told', () => {
    const values = (mean: object) => told({ values: { mean: { value: 459_505, ...mean } } }).values['mean'];
    expect(values({ ofOneFirm: 10_000 })).toEqual({ value: 460_000 });
    expect(values({ ofOneFirm: 40_000 })).toEqual({ value: 450_000 });
    expect(values({ ofOneFirm: 52_000 })).toEqual({ value: 500_000 });
    expect(values({ largestShare: 0.86 })).toBeNull();
    expect(values({ largestShare: 0.85 })).toEqual({ value: 460_000 });
  });

  test.each([
    [0, 0],
    [1 / 40, null],
    [2 / 40, null],
    [3 / 40, 0.08],
    [37 / 40, 0.93],
    [38 / 40, null],
    [1, 1],
  ])(
    'a share of %d of 40 firms is told as %d: not where fewer than three make it, or all but so few',
    (value, share) => {
      const said = toldEstimate(
        { values: { s: { ...label, unit: 'share' } } },
        { ...estimated, n: 40, values: { s: { value } } },
        rule,
      );
      expect(said.values['s']?.value ?? null).toBe(share);
    },
  );

  test('a median and its ends, which are what single firms say, are told as the larger ones are, and ends of many firms alone', () => {
    const median = { value: 0, low: -310_477, high: 443_213, isOfSingleFirms: true };
    const of = (n: number, more = {}) => told({ n, values: { mean: { ...median, ...more } } }).values['mean'];
    expect(of(458)).toEqual({ value: 0, low: -310_000, high: 440_000 });
    expect(of(49)).toEqual({ value: 0 });
    expect(of(458, { ofOneFirm: 70_000 })).toEqual({ value: 0, low: -300_000, high: 400_000 });
    expect(of(458, { value: 1234, low: 1210, high: 1265 })).toEqual({ value: 0, low: 0, high: 0 });
  });

  test('what is incomplete says why', () => {
    const incomplete = { reasonFr: 'parce que', reasonEn: 'because' };
    expect(told({ incomplete }).incomplete).toEqual(incomplete);
  });
});
