import type { Cell } from '../cube/cell.js';
import { figureIdOf } from '../figures/registry.js';
import { type Source, type ToldCell, wholeOf } from '../secrecy/told.js';
import type { Instant } from './feed.js';
import { figuresOf } from './keepers.js';

/** Every figure of a programme as it is at an instant: for full sight. */
export function liveSource({ cube, notWhole }: Instant, programme: string, asOf?: string): Source {
  return {
    cuts: async (cuts, where, measures) => {
      const found = await cube.askCuts({ programmes: [programme], where, asOf, measures }, cuts);
      return found.map((cells) => cells.map((cell) => liveCell(cell, notWhole)));
    },
  };
}

/** A cell with every number of it, but those of figures whose history is being read: of these nothing is told yet. */
export function liveCell(cell: Cell, notWhole: Instant['notWhole']): ToldCell {
  const whole = wholeOf(cell);
  if (notWhole.size === 0) return whole;
  const being = new Set(figuresOf(notWhole));
  const isHidden = (measure: string) => being.has(figureIdOf(measure));
  return {
    at: whole.at,
    value: (measure) => (isHidden(measure) ? null : whole.value(measure)),
    firms: (measure) => (isHidden(measure) ? null : whole.firms(measure)),
    parts: (measure) => (isHidden(measure) ? [] : whole.parts(measure)),
  };
}
