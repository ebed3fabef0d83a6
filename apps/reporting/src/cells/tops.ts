/** The units that make most of an amount in a cell, largest first: always the true first ones, though maybe fewer than TOPS. */
export type Tops = readonly (readonly [unit: string, amount: number])[];

const TOPS = 3;

const before = ([a, x]: Tops[number], [b, y]: Tops[number]): number => y - x || (a < b ? -1 : 1);

/**
 * The first ones once a unit's amount is another. Undefined where they cannot be known from the list alone (all that it
 * names shrank below what it does not name): they must be looked up.
 * @param others units behind the amount, this one apart
 */
export function withTop(tops: Tops, unit: string, amount: number, others: number): Tops | undefined {
  const rest = tops.filter(([name]) => name !== unit);
  const last = rest.at(-1);
  const complete = rest.length >= others;
  const entry = [unit, amount] as const;
  const fits = amount > 0 && (complete || (last !== undefined && before(entry, last) < 0));
  const next = fits ? [...rest, entry].sort(before).slice(0, TOPS) : rest;
  const units = others + (amount > 0 ? 1 : 0);
  return next.length === 0 && units > 0 ? undefined : next;
}
