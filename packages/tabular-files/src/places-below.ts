import { own } from '@gpect/domain-values/records';
import type { Binding } from './headings.js';

type Headed = Pick<Binding, 'at' | 'headings'>;

/**
 * For each column of the first headings, where it stands below headings that come again: by what it is read as, else by its
 * name; and the places below these that no column of the first has.
 * @param keyOf what names of headings are compared by
 */
export function placesBelow(
  first: Headed,
  second: Headed,
  keyOf: (heading: string) => string,
): { from: (number | undefined)[]; free: Set<number> } {
  const free = new Set(second.headings.keys());
  const from: (number | undefined)[] = first.headings.map(() => undefined);
  for (const [column, to] of Object.entries(first.at)) {
    const place = own(second.at, column);
    if (to !== undefined && place !== undefined && free.delete(place)) from[to] = place;
  }
  for (const [to, heading] of first.headings.entries()) {
    if (from[to] !== undefined) continue;
    const place = [...free].find((i) => keyOf(second.headings[i] ?? '') === keyOf(heading));
    if (place !== undefined && free.delete(place)) from[to] = place;
  }
  return { from, free };
}
