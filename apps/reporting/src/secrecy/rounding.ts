import type { Stat } from '../cube/cell.js';

/** Of the largest that one firm makes of a number, what rounding hides at least: who knows all others knows that firm's to a tenth. */
const SHARE_OF_LARGEST = 0.2;
/** A count is rounded to five at least, an amount to 100 euros (in cents). */
const LEAST = { count: 5, amount: 10_000 } as const;

/** To what a number is rounded: the smallest of 1, 2 and 5 times a power of ten that hides enough of its largest firm. */
export function baseOf({ largest }: Pick<Stat, 'largest'>, isAmount: boolean): number {
  const least = Math.max(isAmount ? LEAST.amount : LEAST.count, SHARE_OF_LARGEST * largest);
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((base) => base >= least) ?? 10 * power;
}

/** The nearest multiple; halfway, the even one. What is not nothing is never told as nothing. */
export function rounded(value: number, base: number): number {
  const times = Math.abs(value) / base;
  const down = Math.floor(times);
  const half = times - down - 0.5;
  const whole = half > 0 || (half === 0 && down % 2 === 1) ? down + 1 : down;
  return Math.sign(value) * Math.max(whole, 1) * base;
}

/** What a rounded number leaves open: whole numbers, both ends included. */
export function leftOpen(told: number, base: number): readonly [least: number, greatest: number] {
  const [low, high] = [Math.ceil(told - base / 2), Math.floor(told + base / 2)];
  // One base is told for everything smaller, too.
  if (told === base) return [0, high];
  return told === -base ? [low, 0] : [low, high];
}
