import type { Cell } from '../cube/cell.js';
import type { ToldNumber } from '../secrecy/told.js';

type Numbers = (readonly [measure: string, told: ToldNumber])[];

/**
 * Of a question whose answers are told, the firms whose answer changed either way, as an interval is made from them: those who
 * changed to the worse in steps, so that nobody knows how many they are, and the others by the difference that is told anyway.
 * An interval made from them is a little wider.
 * @param step the fewest firms that may be told
 */
export function withChangesShown(numbers: Numbers, cell: Cell | undefined, step: number): Numbers {
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
      const upTo = (count: number) => Math.max(1, Math.ceil(count / step)) * step;
      const lost = upTo(Math.max(of('lost'), before - after + 1));
      const gained = lost + after - before;
      return [
        [`~survey:gained:${question}`, [gained, 0]],
        [`~survey:lost:${question}`, [lost, 0]],
      ];
    }),
  ];
}
