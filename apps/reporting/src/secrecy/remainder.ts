import type { Change, Variable } from './variable.js';

/** What of a remainder is sure by its total and its other parts: at least so many firms stand behind it. */
export type Remainder = Pick<Variable, 'value' | 'firms' | 'largest' | 'isAmount'> & { changes?: readonly Change[] };

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
  const changes = [...new Set(all.flatMap((one) => (one.changes ?? []).map(({ since }) => since)))].map(
    (since): Change => {
      const changeOf = (one: Variable) => one.changes?.find((change) => change.since === since);
      const changed = lessParts(total, parts, (one) => changeOf(one)?.value ?? 0);
      const firms = countsFirms ? Math.abs(changed) : +(changed !== 0);
      const unknown = all.some((one) => changeOf(one)?.unknown);
      return { since, value: changed, firms, largest: Math.abs(changed), ...(unknown ? { unknown } : {}) };
    },
  );
  return {
    value,
    firms: atLeast,
    largest: Math.min(Math.abs(value), total.largest),
    isAmount: total.isAmount,
    ...(changes.length > 0 ? { changes } : {}),
  };
}

function lessParts(total: Variable, parts: readonly Variable[], of: (variable: Variable) => number): number {
  return parts.reduce((left, part) => left - of(part), of(total));
}
