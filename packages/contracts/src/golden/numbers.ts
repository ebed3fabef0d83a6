import { kindsOf, type Schema } from './schema.js';

/** A range of at most so many whole numbers is gone through from end to end. */
const FEW = 12;
/** Where thresholds like to stand: those below ten thousand with their neighbours, then amounts in cents. */
const ROUND = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000].flatMap((power) =>
  [1, 2, 2.5, 5].map((times) => times * power),
);
const LADDER = ROUND.flatMap((round) => (round < 10_000 ? [round - 1, round, round + 1] : [round]));
const BELOW_ZERO = LADDER.map((step) => -step);

/** Other numbers that a schema takes: its ends, the neighbours, and what is small, round, or of the other sign. */
export function otherNumbers(schema: Schema, value: number): number[] {
  const isWhole = kindsOf(schema).every((kind) => kind !== 'number');
  const least = Math.max(schema.minimum ?? -Infinity, schema.exclusiveMinimum ?? -Infinity);
  const most = Math.min(schema.maximum ?? Infinity, schema.exclusiveMaximum ?? Infinity);
  const isTaken = (number: number) =>
    Number.isFinite(number) &&
    (!isWhole || Number.isInteger(number)) &&
    number >= least &&
    number <= most &&
    number !== schema.exclusiveMinimum &&
    number !== schema.exclusiveMaximum;
  const few = isWhole && most - least < FEW ? Array.from({ length: most - least + 1 }, (_, i) => least + i) : undefined;
  const around = [least, least + 1, most - 1, most, value - 1, value + 1, -value, 0];
  const all = few ?? [...around, ...(isWhole ? [] : [value + 0.5]), ...LADDER, ...BELOW_ZERO];
  return [...new Set(all.map((number) => number + 0))].filter((number) => number !== value && isTaken(number));
}
