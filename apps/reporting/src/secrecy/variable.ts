import type { Stat } from '../cube/cell.js';

/** When a number says too much of one firm: data of the programme. */
export interface Rule {
  readonly leastFirms: number;
  /** Of an amount: the share that one firm may make at most, 0 to 1. */
  readonly largestShare: number;
}

/** One number that could be told: a measure of a cell, or a remainder that nobody is told but subtraction gives. */
export interface Variable extends Stat {
  readonly id: string;
  /** Money: one firm may dominate, and it may be less than nothing. */
  readonly isAmount: boolean;
  /** False for what is never told: remainders, cells of firms without a value of the dimension. */
  readonly told: boolean;
  /** What readers lose when it is masked. */
  readonly cost: number;
}

/** `total` is the sum of `parts`. */
export interface Relation {
  readonly total: string;
  readonly parts: readonly string[];
}

/** Nobody stands behind it: it is no secret, and readers may know that it is 0. */
export function isNothing({ value, firms }: Pick<Stat, 'value' | 'firms'>): boolean {
  return value === 0 && firms === 0;
}

/** Whether a number by itself says too much of one firm. */
export function saysTooMuch(stat: Stat, isAmount: boolean, rule: Rule): boolean {
  if (isNothing(stat)) return false;
  return stat.firms < rule.leastFirms || (isAmount && stat.largest > rule.largestShare * Math.abs(stat.value));
}
