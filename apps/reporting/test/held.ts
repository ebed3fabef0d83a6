import { expect } from '@jest/globals';

/** An interval that an estimator gave in one draw, with its value. */
export interface Drawn {
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
}

/** Intervals of 95 % are to hold what is so in 94 to 97 of a hundred draws; with so many draws, 999 campaigns of a thousand say so. */
const spread = (share: number, draws: number): number => 3.29 * Math.sqrt((share * (1 - share)) / draws);
export const leastHeld = (draws: number): number => 0.94 - spread(0.94, draws);
const mostHeld = (draws: number): number => Math.min(1, 0.97 + spread(0.97, draws));

export const holds = ({ low = Number.NaN, high = Number.NaN }: Drawn, truth: number): boolean =>
  low <= truth && truth <= high;

/** The share of the draws whose interval holds a number. */
export const heldIn = (drawn: readonly Drawn[], truth: number): number =>
  drawn.filter((one) => holds(one, truth)).length / drawn.length;

export function expectHeld(share: number, draws: number): void {
  expect(share).toBeGreaterThanOrEqual(leastHeld(draws));
  expect(share).toBeLessThanOrEqual(mostHeld(draws));
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

/** 95 % of a normal distribution lie within so many deviations to either side. */
const Z = 1.96;

/**
 * How wide intervals are in the mean, of the width that holds 95 % of the draws exactly: that of what the estimates themselves do
 * from draw to draw. With 200 draws that is known to a tenth.
 */
export function widthOf(drawn: readonly Drawn[], told: (x: number) => number = (x) => x): number {
  const values = drawn.map(({ value = Number.NaN }) => told(value));
  const middle = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
  const widths = drawn.map(({ low = Number.NaN, high = Number.NaN }) => told(high) - told(low));
  return mean(widths) / (2 * Z * deviation);
}

/** An interval that is meant to be exact is no wider than by a fifth, and no narrower than by one. */
export function expectExact(drawn: readonly Drawn[], told?: (x: number) => number): void {
  const width = widthOf(drawn, told);
  expect(width).toBeGreaterThan(0.8);
  expect(width).toBeLessThan(1.2);
}

/** One that is on the safe side by construction is wider, by so much at most. */
export function expectSafe(drawn: readonly Drawn[], most: number): void {
  const width = widthOf(drawn);
  expect(width).toBeGreaterThan(0.8);
  expect(width).toBeLessThan(most);
}
