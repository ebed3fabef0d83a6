import { own } from '@gpect/domain-values/records';
import type { DimensionName } from '../dimensions/dimensions.js';
import { COUNTS, IN_CELLS } from '../figures/registry.js';
import { isOfThemes } from '../figures/themes.js';
import type { ToldCell } from '../secrecy/told.js';
import type { Bilan } from './shape.js';

/** What a bilan is cut by beside basins and actions. */
export const CUTS = ['theme', 'origin', 'wave', 'region'] as const satisfies readonly DimensionName[];

export type Cuts = Readonly<Partial<Record<(typeof CUTS)[number], readonly ToldCell[]>>>;

/** What cuts look at of cells. */
export const CUT_MEASURES = IN_CELLS;

/** The figures that know a theme. */
const THEMED = IN_CELLS.filter(isOfThemes);

export function cutsOf(cuts: Cuts): Bilan['cuts'] {
  return Object.fromEntries(
    CUTS.flatMap((name) => {
      const cells = cuts[name];
      if (!cells) return [];
      const ids = name === 'theme' ? THEMED : COUNTS;
      return [[name, Object.fromEntries(cells.map((cell) => [own(cell.at, name) ?? '', valuesOf(cell, ids)]))]];
    }),
  );
}

const valuesOf = (cell: ToldCell, ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, cell.value(id)]));

/** How far firms came, by who detected them; what is of no detection (a workshop, a firm that is paid for alone) is not here. */
export function originsOf({ origin: cells = [] }: Cuts): Bilan['origins'] {
  const known = cells.filter(({ at }) => (own(at, 'origin') ?? '') !== '');
  return known.map((cell) => {
    const [detected, enrolled] = [cell.value('detected'), cell.value('enrolled')];
    return {
      origin: own(cell.at, 'origin') ?? '',
      detected,
      qualified: cell.value('qualified'),
      enrolled,
      accompanied: cell.value('accompanied'),
      enrolledShare: detected === null || enrolled === null || detected === 0 ? null : shareOf(enrolled, detected),
    };
  });
}

/** To a hundredth; numbers that were rounded apart may come to more than all. */
const shareOf = (part: number, whole: number): number => Math.min(1, Math.round((part / whole) * 100) / 100);
