import { topicOf } from '@gpect/contracts/event-contracts';
import type { components } from '@gpect/contracts/generated/api-reporting';
import { type Figure, sourcesOf } from '../figures/figure.js';
import type { ToldCell } from '../secrecy/told.js';
import { provenanceOf } from './bilan.js';
import { indicatorOf } from './indicator.js';

/** One figure opened: what it is, the firms behind it, and where every event that it counts stands. Pure. */
export function figureOf(
  figure: Figure,
  cell: ToldCell,
  {
    positions,
    release,
  }: {
    readonly positions: ReadonlyMap<string, number>;
    readonly release?: { readonly date: string; readonly madeAt: string };
  },
): components['schemas']['Figure'] {
  const topics = new Set(sourcesOf(figure).map(topicOf));
  const read = [...positions].filter(([key]) => topics.has(key.slice(0, key.lastIndexOf('/'))));
  const parts = cell.parts(figure.id);
  return {
    indicator: indicatorOf(figure),
    value: cell.value(figure.id),
    ...(parts.length > 0 ? { parts: Object.fromEntries(parts) } : {}),
    firms: cell.firms(figure.id),
    ...(release ? { release } : {}),
    secrecy: release ? 'applied' : 'none',
    topics: provenanceOf(new Map(read)),
  };
}
