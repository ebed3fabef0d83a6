import type { Variable } from './variable.js';

/** What of a remainder is sure by its total and its other parts: at least so many firms stand behind it. */
export type Remainder = Pick<Variable, 'value' | 'firms' | 'largest' | 'isAmount'>;

export function remainderOf(total: Variable, parts: readonly Variable[]): Remainder {
  const all = [total, ...parts];
  const value = lessParts(total, parts, (one) => one.value);
  // Where each number counts firms, so does what is left.
  const countsFirms = all.every((one) => one.value === one.firms);
  const atLeast = countsFirms
    ? Math.max(value, 0)
    : Math.max(
        +(value !== 0),
        lessParts(total, parts, (one) => one.firms),
      );
  return {
    value,
    firms: atLeast,
    largest: Math.min(Math.abs(value), total.largest),
    isAmount: total.isAmount,
  };
}

function lessParts(total: Variable, parts: readonly Variable[], of: (variable: Variable) => number): number {
  return parts.reduce((left, part) => left - of(part), of(total));
}
