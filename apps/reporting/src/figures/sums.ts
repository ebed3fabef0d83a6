import type { Rest } from '../cube/cell.js';
import type { Sum } from './figure.js';
import { FIGURES } from './registry.js';

/** The sums that hold among measures that are there, each with the measure of what is left of its total. */
export function sumsOf(measures: readonly string[]): Rest[] {
  const there = new Set(measures);
  return FIGURES.flatMap(({ sums = [] }) => sums)
    .flatMap((sum) => namesIn(sum, measures))
    .filter(({ total }) => there.has(total))
    .map(({ total, parts }) => ({
      measure: restOf(total, parts),
      total,
      parts: parts.flatMap((part) => partsIn(part, measures)).filter((part) => there.has(part)),
    }));
}

/** Named by the figure of its total, and the same whichever other measures are there: releases are held against each other. */
const restOf = (total: string, parts: readonly string[]): string =>
  `~${total}:rest:${parts.map((part) => part.replace(/:\*$/, '')).join('+')}`;

/** `*` at the end of a part is all of that name. */
const partsIn = (part: string, measures: readonly string[]): readonly string[] =>
  part.endsWith(':*') ? measures.filter((measure) => measure.startsWith(part.slice(0, -1))) : [part];

/** `?` in a sum is any one name, the same throughout. */
function namesIn({ total, parts }: Sum, measures: readonly string[]): Sum[] {
  const patterns = [total, ...parts].filter((name) => name.includes('?'));
  if (patterns.length === 0) return [{ total, parts }];
  const names = new Set(
    patterns.flatMap((pattern) => {
      const [before = '', after = ''] = pattern.split('?');
      return measures
        .filter((m) => m.startsWith(before) && m.endsWith(after) && m.length > before.length + after.length)
        .map((m) => m.slice(before.length, m.length - after.length));
    }),
  );
  return [...names].map((name) => ({
    total: total.replace('?', name),
    parts: parts.map((part) => part.replace('?', name)),
  }));
}
