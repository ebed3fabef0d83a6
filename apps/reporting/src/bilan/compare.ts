import type { components } from '@gpect/contracts/generated/api-reporting';
import { own } from '@gpect/domain-values/records';
import { figureCalled } from '../figures/registry.js';
import type { ToldCell } from '../secrecy/told.js';
import { notComparableOf } from './indicator.js';

export type Compared = components['schemas']['Compared'];
type NotComparable = components['schemas']['Comparison']['notComparable'][number];

/** The figures of cells, as they are told. */
export function eachOf(cells: readonly ToldCell[], ids: readonly string[]): Compared[] {
  return cells.map((cell) => ({
    at: { ...cell.at },
    figures: Object.fromEntries(ids.map((id) => [id, cell.value(id)])),
  }));
}

/** All programmes together: what counts firms counts each once, in however many of them it is. */
export function togetherLive(cells: readonly ToldCell[], ids: readonly string[]): Compared[] {
  return cells.map((cell) => ({
    at: { ...cell.at },
    figures: Object.fromEntries(ids.map((id) => [id, countsFirms(id) ? cell.firms(id) : cell.value(id)])),
  }));
}

/**
 * Releases together: sums, where each is told. Whether a firm is in two of them is in none of them, so what counts firms is
 * not told of several.
 */
export function togetherReleased(each: readonly Compared[], ids: readonly string[]): Compared[] {
  const programmes = new Set(each.map(({ at }) => at['programme']));
  const groups = new Map<string, Compared[]>();
  for (const one of each) {
    const { programme: _programme, ...at } = one.at;
    const key = JSON.stringify(at);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].map(([key, group]) => ({
    at: JSON.parse(key) as Record<string, string>,
    figures: Object.fromEntries(
      ids.map((id) => {
        const values = group.map(({ figures }) => own(figures, id) ?? null);
        const isHidden = values.includes(null) || (programmes.size > 1 && countsFirms(id));
        return [id, isHidden ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0)];
      }),
    ),
  }));
}

const countsFirms = (id: string): boolean => figureCalled(id)?.unit === 'firm';

/** Dimensions along which some figures are not comparable, by what that is called. */
const ALONG: Readonly<Record<string, 'waves' | 'regions'>> = { wave: 'waves', region: 'regions' };

/** Those of the figures whose numbers, put side by side so, do not mean the same, each with the reason. */
export function notComparableIn(ids: readonly string[], programmes: number, axis: string): NotComparable[] {
  const along = own(ALONG, axis);
  return ids.flatMap((id) => {
    const said = figureCalled(id)?.notComparable;
    if (!said) return [];
    const across = said.across.filter((what) => (what === 'programmes' ? programmes > 1 : what === along));
    return across.length > 0 ? [{ indicator: id, ...notComparableOf({ ...said, across }) }] : [];
  });
}
