import type { Cell } from '../cube/cell.js';
import type { At } from '../dimensions/dimensions.js';
import { countedIn } from '../figures/counted-in.js';
import { figureIdOf } from '../figures/registry.js';
import { type Source, type ToldCell, wholeOf } from '../secrecy/told.js';
import type { Instant } from './feed.js';
import { figuresOf, partsOf } from './keepers.js';

/** Every figure of a programme as it is at an instant: for full sight. */
export function liveSource({ cube, notWhole }: Instant, programme: string, asOf?: string): Source {
  return {
    cuts: async (cuts, where, measures) => {
      const found = await cube.askCuts({ programmes: [programme], where, asOf, measures }, cuts);
      return found.map((cells) => cells.map((cell) => liveCell(cell, notWhole, where)));
    },
  };
}

/**
 * A cell with every number of it, but those of figures and parts whose history is being read: of these nothing is told yet.
 * @param where the values of other dimensions that it is within
 */
export function liveCell(cell: Cell, notWhole: Instant['notWhole'], where: At = {}): ToldCell {
  const whole = countedIn({ ...where, ...cell.at }, wholeOf(cell));
  if (notWhole.size === 0) return whole;
  const being = new Set(figuresOf(notWhole));
  const parts = partsOf(notWhole);
  const isPart = (measure: string) =>
    parts.some((part) => (part.endsWith('*') ? measure.startsWith(part.slice(0, -1)) : measure === part));
  const isHidden = (measure: string) => being.has(figureIdOf(measure)) || isPart(measure);
  return {
    at: whole.at,
    value: (measure) => (isHidden(measure) ? null : whole.value(measure)),
    firms: (measure) => (isHidden(measure) ? null : whole.firms(measure)),
    parts: (measure) =>
      isHidden(measure)
        ? []
        : whole.parts(measure).map(([part, value]) => [part, isPart(`${measure}:${part}`) ? null : value]),
  };
}
