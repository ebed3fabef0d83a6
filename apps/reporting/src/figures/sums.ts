import type { Rest } from '../cube/cell.js';
import type { Sum } from './figure.js';
import { FIGURES } from './registry.js';

/** The sums that hold among measures that are there, each with the measure of what is left of its total. */
export function sumsOf(measures: readonly string[]): Rest[] {
  return FIGURES.flatMap(({ sums = [] }) => sums)
    .flatMap((sum) => namesIn(sum, measures))
    .map(({ total, parts }, i) => ({ measure: `~rest:${i}:${total}`, total, parts }));
}

/** `?` in a sum is any one name, the same throughout; `*` at the end of a part is all of that name. */
function namesIn({ total, parts }: Sum, measures: readonly string[]): Sum[] {
  const expanded = (all: readonly string[]) =>
    all.flatMap((part) => (part.endsWith(':*') ? measures.filter((m) => m.startsWith(part.slice(0, -1))) : [part]));
  const [pattern] = [total, ...parts].filter((name) => name.includes('?'));
  if (pattern === undefined) return measures.includes(total) ? [{ total, parts: expanded(parts) }] : [];
  const [before = '', after = ''] = pattern.split('?');
  const names = new Set(
    measures
      .filter((m) => m.startsWith(before) && m.endsWith(after) && m.length > before.length + after.length)
      .map((m) => m.slice(before.length, m.length - after.length)),
  );
  return [...names]
    .map((name) => ({ total: total.replace('?', name), parts: expanded(parts.map((p) => p.replace('?', name))) }))
    .filter((sum) => measures.includes(sum.total));
}
