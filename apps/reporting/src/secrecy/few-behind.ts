import type { Stat } from '../cube/cell.js';

/** Everything of a cell; behind a measure, everything below that. No name has this character: contracts refuse it. */
export const EVERYTHING = '*\u0000';
export const below = (measure: string): string => `${measure}:${EVERYTHING}`;

interface Sum {
  readonly total: string;
  readonly parts: readonly string[];
}

/**
 * What of a cell is of those few firms alone that stand behind another number of it: of one answer to the survey, every answer
 * to every question. None of it may be told, and not that it is nothing either: a zero beside what is masked says what each of
 * these firms did not say or do. The same of a part that has so few firms in all.
 * @param sums of which measures others are parts; `?` is any one name, `:*` at the end all below
 * @returns measures, and `below` those of which all that is below is hidden
 */
export function fewBehind(
  of: ReadonlyMap<string, Stat>,
  sums: readonly Sum[],
  { leastFirms, isSecretFree }: { readonly leastFirms: number; isSecretFree(measure: string): boolean },
): ReadonlySet<string> {
  const stats = [...of].filter(([measure]) => !measure.startsWith('~') && !isSecretFree(measure));
  const isFew = (firms: number) => firms > 0 && firms < leastFirms;
  if (isFew(stats.reduce((most, [, { firms }]) => Math.max(most, firms), 0))) return new Set([EVERYTHING]);
  const hidden = new Set<string>();
  const left = stats.flatMap(([measure, { firms }]) => (isFew(firms) ? [measure] : []));
  for (let measure = left.pop(); measure !== undefined; measure = left.pop()) {
    // Only a figure has others below it.
    if (!measure.includes(':')) hidden.add(below(measure));
    for (const part of sums.flatMap((sum) => partsOf(sum, measure as string))) {
      const all = part.endsWith(':*') ? below(part.slice(0, -2)) : undefined;
      if (!all && !hidden.has(part)) left.push(part);
      hidden.add(all ?? part);
    }
  }
  return hidden;
}

/** The parts of a measure where it is the total of a sum. */
function partsOf({ total, parts }: Sum, measure: string): string[] {
  const [before = '', after] = total.split('?');
  if (after === undefined) return total === measure ? [...parts] : [];
  const isNamed = measure.startsWith(before) && measure.endsWith(after) && measure.length > total.length - 1;
  const name = measure.slice(before.length, measure.length - after.length);
  return isNamed ? parts.map((part) => part.replace('?', name)) : [];
}

/** Whether a measure is among those, or below one that all of which is. */
export function isAmong(hidden: { has(name: string): boolean }, measure: string): boolean {
  return hidden.has(measure) || isBelow(hidden, measure);
}

/** Whether all that is below a measure is among those, by its own name or by one that it is below. */
export function isAllBelowAmong(hidden: { has(name: string): boolean }, measure: string): boolean {
  return isBelow(hidden, `${measure}:`);
}

function isBelow(hidden: { has(name: string): boolean }, measure: string): boolean {
  if (hidden.has(EVERYTHING)) return true;
  for (let at = measure.indexOf(':'); at >= 0; at = measure.indexOf(':', at + 1))
    if (hidden.has(below(measure.slice(0, at)))) return true;
  return false;
}
