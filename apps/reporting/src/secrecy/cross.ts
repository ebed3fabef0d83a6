import type { Cell } from '../cube/cell.js';
import { dimensionsOf, variableId } from './grouping.js';

/** The cells of a table and, empty, those of every other cross of its values; in the order of their values. */
export function crossOf(grouping: string, cells: readonly Cell[]): readonly Cell[] {
  const byId = new Map(cells.map((cell) => [variableId(grouping, cell.at, ''), cell]));
  const ats = dimensionsOf(grouping).reduce<readonly Cell['at'][]>(
    (so, dimension) => {
      const values = [...new Set(cells.map(({ at }) => at[dimension] ?? ''))].sort();
      return so.flatMap((at) => values.map((value) => ({ ...at, [dimension]: value })));
    },
    [{}],
  );
  return ats.map((at) => byId.get(variableId(grouping, at, '')) ?? { at, of: new Map() });
}
