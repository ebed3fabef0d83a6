import { readJson } from '@gpect/domain-values/json-text';
import { readPartnerEvent } from '@gpect/partner-events/partner-event';
import { structuredEvent } from '@gpect/partner-events/sent-event';
import type { ProblemBody } from '@gpect/service-kit/http/problem';
import { anyPartner } from './known.js';

/** What is wrong with an event; undefined where it keeps its contract. Pure. @param now ms since 1970 */
export function faultOf(written: unknown, partner: string, now: number): ProblemBody | undefined {
  const read = readPartnerEvent(structuredEvent(written), partner, anyPartner(partner), now);
  return read.ok ? undefined : read.fault.body();
}

/** Events of a text: a JSON array, one event, or one a line. @throws SyntaxError with the place */
export function eventsIn(text: string): unknown[] {
  const trimmed = text.trim();
  const whole = readJson(trimmed);
  if (whole.ok) return Array.isArray(whole.value) ? whole.value : [whole.value];
  if (whole.fault.kind === 'unfit') throw new SyntaxError(`${whole.fault.pointer}: ${whole.fault.detail}`);
  return trimmed.split('\n').map((line, i) => {
    const read = readJson(line);
    if (read.ok) return read.value;
    throw new SyntaxError(`line ${i + 1}: ${read.fault.pointer} ${read.fault.detail}`);
  });
}

/** A fault in lines for people. */
export function faultLines(place: string, { title, type, detail, errors = [] }: ProblemBody): string[] {
  return [
    `${place}: ${title} (${type.split(':').at(-1)})${detail ? ` — ${detail}` : ''}`,
    ...errors.map((e) => `  ${e.pointer ?? ''} ${e.detail}`),
  ];
}
