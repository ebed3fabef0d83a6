import type { Cell } from '../cells/read-cells.js';
import { COUNTED, type CountedId, isAmount } from '../indicators/indicators.js';
import { type Disclosure, maskedCells } from '../secrecy/secrecy.js';

/** Counts by indicator; null where statistical secrecy masks one. */
export type Figures = Record<CountedId, number | null>;

export function figuresOf(cell: Cell | undefined): Figures {
  return Object.fromEntries(COUNTED.map((id) => [id, cell?.sums.get(id) ?? 0])) as Figures;
}

/** What a figure of a cell would tell. */
export function disclosureOf(cell: Cell | undefined, id: string): Disclosure {
  const value = cell?.sums.get(id) ?? 0;
  // In the cells of a year the units of that very year are counted apart.
  const firms = cell?.sums.get(cell.year === undefined ? `#${id}` : `@${id}`) ?? 0;
  const [largest] = isAmount(id) ? (cell?.tops(id) ?? []) : [];
  return { value, firms, ...(largest ? { largest: largest[1] } : {}) };
}

/** Parts whose sum is another figure: where one is masked, so is the other. */
const COMPLEMENTS: readonly (readonly [string, string])[] = [['under100', 'over100']];

/** The figures of several groups and their total, one indicator a column; workshops are events of an action, not of a firm. */
export function maskedFigures<Id extends string = CountedId>(
  groups: ReadonlyMap<string, Cell | undefined>,
  total: Cell | undefined,
  ids: readonly Id[] = COUNTED as unknown as readonly Id[],
): Record<string, Record<Id, number | null>> {
  const cells = [...groups.values()];
  const hidden = new Map<string, boolean[]>();
  for (const id of ids) {
    if (id === 'workshops') continue;
    const column = [...cells, ...(total ? [total] : [])].map((cell) => [disclosureOf(cell, id)]);
    // A single figure has no total to be had from.
    const masks = total
      ? maskedCells(column, { columns: false })
      : maskedCells([...column, NOTHING], { columns: false });
    hidden.set(
      id,
      cells.map((_, i) => masks[i]?.[0] ?? false),
    );
  }
  for (const [a, b] of COMPLEMENTS) {
    const both = cells.map((_, i) => Boolean(hidden.get(a)?.[i] || hidden.get(b)?.[i]));
    for (const id of [a, b]) if (hidden.has(id)) hidden.set(id, both);
  }
  return Object.fromEntries(
    [...groups].map(([name, cell], i) => [
      name,
      Object.fromEntries(ids.map((id) => [id, hidden.get(id)?.[i] ? null : (cell?.sums.get(id) ?? 0)])) as Record<
        Id,
        number | null
      >,
    ]),
  );
}

/** In place of a total that is not there. */
const NOTHING: readonly Disclosure[] = [{ value: 0, firms: 0 }];
