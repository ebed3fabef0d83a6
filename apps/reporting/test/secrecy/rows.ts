import { leastAlike } from '@gpect/domain-values/disclosure';
import { releasedRows } from '../../src/releases/rows.js';
import { dimensionsOf, variableId } from '../../src/secrecy/grouping.js';
import type { Manner } from '../../src/secrecy/known.js';
import type { LatticeInputs } from '../../src/secrecy/lattice-inputs.js';
import { BesideTables } from '../../src/secrecy/rows/beside-tables.js';
import type { KeptSlice } from '../../src/secrecy/rows/kept-slice.js';
import type { Slice } from '../../src/secrecy/rows/slice.js';
import type { RowsKnown } from './attack.js';
import type { Firm } from './programme.js';

const STEPS = ['accompanied', 'abandoned', 'enrolled', 'qualified', 'detected'] as const;
/** What everybody knows of a step: which others were before it. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  detected: ['detected'],
  qualified: ['detected', 'qualified'],
  enrolled: ['detected', 'qualified', 'enrolled'],
  abandoned: ['detected', 'qualified', 'enrolled', 'abandoned'],
  accompanied: ['detected', 'qualified', 'enrolled', 'accompanied'],
};
const MEASURES = [...STEPS];

const pathOf = ({ facts }: Firm) => STEPS.find((step) => facts.some(({ measure }) => measure === step)) ?? 'detected';

/** The path of firms as rows. */
function slice(firms: readonly Firm[]): Slice {
  return {
    id: 'path',
    columns: ['path'],
    records: firms.map((firm, i) => ({
      firm: String(i),
      at: Object.fromEntries(
        ['section', 'size', 'region', 'wave', 'origin'].map((name) => [name, firm.at[name]?.[0] ?? '']),
      ),
      cells: [pathOf(firm)],
    })),
    shows: MEASURES.map((measure) => ({
      measure,
      isCount: true,
      isOfOthersToo: false,
      of: ([path = null]) => (path === null ? null : Number(BEFORE[path]?.includes(measure) ?? false)),
    })),
  };
}

/** The rows that are told of firms beside their tables. */
export function rowsTold(
  firms: readonly Firm[],
  inputs: LatticeInputs,
  manners: ReadonlyMap<string, Manner>,
): KeptSlice | undefined {
  const rule = { ...inputs.rule, every: 'MONTH' } as const;
  return releasedRows({ slices: [slice(firms)], rule, key: 'a key' }, new BesideTables(inputs, manners))[0];
}

/**
 * What a reader makes of rows, written apart from the product's own: he knows which sorts of firms there are. Of a sort that is
 * told, fewer than so many have no row; of any other, there are fewer than so many.
 */
export function knownByRows(told: KeptSlice, firms: readonly Firm[], inputs: LatticeInputs): RowsKnown {
  const alike = leastAlike(inputs.rule);
  const [one] = told.classes;
  const dimensions = Object.keys(one?.at ?? {});
  const placeOf = (of: (dimension: string) => string) => JSON.stringify(dimensions.map(of));
  const rowsOf = new Map(told.classes.map(({ at, rows }) => [placeOf((d) => at[d] ?? ''), rows]));
  const places = new Set(firms.map((firm) => placeOf((d) => firm.at[d]?.[0] ?? '')));
  const numbers = MEASURES.flatMap((measure) =>
    [...places].map((place) => {
      const paths = (rowsOf.get(place) ?? []).map(([path = null]) => path);
      const sure = paths.filter((path) => path !== null && BEFORE[path]?.includes(measure)).length;
      const open = paths.filter((path) => path === null).length;
      return { id: `${measure} ${place}`, least: sure, greatest: sure + open + alike - 1 };
    }),
  );
  const sums = MEASURES.flatMap((measure) =>
    [...inputs.tables].flatMap(([grouping, cells]) => {
      const of = dimensionsOf(grouping);
      if (!of.every((dimension) => dimensions.includes(dimension))) return [];
      const lines = new Map<string, { cells: string[]; classes: string[] }>();
      const line = (at: (dimension: string) => string) => {
        const key = JSON.stringify(of.map(at));
        const found = lines.get(key) ?? { cells: [], classes: [] };
        lines.set(key, found);
        return found;
      };
      for (const cell of cells)
        if (cell.of.has(measure)) line((d) => cell.at[d] ?? '').cells.push(variableId(grouping, cell.at, measure));
      for (const place of places) {
        const codes = JSON.parse(place) as string[];
        line((d) => codes[dimensions.indexOf(d)] ?? '').classes.push(`${measure} ${place}`);
      }
      return [...lines.values()];
    }),
  );
  return { numbers, sums };
}
