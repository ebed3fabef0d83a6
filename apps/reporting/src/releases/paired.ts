import type { Cell } from '../cube/cell.js';
import type { ToldNumber } from '../secrecy/told.js';

type Numbers = (readonly [measure: string, told: ToldNumber])[];

/** Firms that changed one way of whom too few are told as so many: an interval made from them is a little wider. */
const LEAST = 3;

/**
 * Of a question whose answers are told, the firms whose answer changed either way, as an interval is made from them. Where few
 * changed one way, both ways are told larger by as much: their difference, which is told anyway, stays the same.
 */
export function withChangesShown(numbers: Numbers, cell: Cell | undefined): Numbers {
  const told = new Map(numbers);
  const asked = numbers
    .filter(([measure]) => measure.startsWith('survey:asked:'))
    .map(([m]) => m.slice('survey:asked:'.length));
  return [
    ...numbers,
    ...asked.flatMap((question): Numbers => {
      const all = ['asked', 'before', 'after'].map((part) => told.get(`survey:${part}:${question}`));
      if (all.includes(null)) return [];
      const [, [before] = [0], [after] = [0]] = all as ([number, number] | undefined)[];
      const of = (part: string) => cell?.of.get(`~survey:${part}:${question}`)?.value ?? 0;
      // Those who changed as their difference says that is told: it may be rounded.
      const lost = Math.max(LEAST, of('lost'), LEAST + before - after);
      const gained = lost + after - before;
      return [
        [`~survey:gained:${question}`, [gained, 0]],
        [`~survey:lost:${question}`, [lost, 0]],
      ];
    }),
  ];
}
