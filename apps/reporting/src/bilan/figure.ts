import { type EventType, topicOf } from '@gpect/contracts/event-contracts';
import type { components } from '@gpect/contracts/generated/api-reporting';
import type { Cell } from '../cells/read-cells.js';
import type { Indicator } from '../indicators/indicators.js';
import { isSecret } from '../secrecy/secrecy.js';
import { provenanceOf } from './bilan.js';
import { disclosureOf } from './figures.js';
import type { Positions } from './load.js';

/** One figure opened: what it is, the firms behind it, and where every event that it counts stands. Pure. */
export function figureOf(
  indicator: Indicator,
  cell: Cell | undefined,
  positions: Positions,
  masked: boolean,
): components['schemas']['Figure'] {
  const disclosure = disclosureOf(cell, indicator.id);
  const topics = new Set(indicator.sources.map((type: EventType) => topicOf(type)));
  const read = [...positions].filter(([key]) => topics.has(key.slice(0, key.lastIndexOf('/'))));
  const hidden = masked && isSecret(disclosure);
  const parts = hidden ? [] : (cell?.sums.parts(indicator.id) ?? []);
  return {
    indicator: { ...indicator, sources: [...indicator.sources] },
    value: hidden ? null : disclosure.value,
    ...(parts.length > 0 ? { parts: Object.fromEntries(parts) } : {}),
    firms: disclosure.firms,
    secrecy: masked ? 'applied' : 'none',
    topics: provenanceOf(new Map(read)),
  };
}
