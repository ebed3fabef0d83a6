import type { ProblemBody } from '@gpect/service-kit/http/problem';
import { readPartnerEvent, type SentEvent } from '@gpect/service-kit/partners/partner-event';
import { anyPartner } from './known.js';

/** An event in structured form, as it was written. */
export type Written = Readonly<Record<string, unknown>>;

/** What is wrong with an event; undefined where it keeps its contract. Pure. @param now ms since 1970 */
export function faultOf(written: unknown, partner: string, now: number): ProblemBody | undefined {
  const read = readPartnerEvent(sentIn(written), partner, anyPartner(partner), now);
  return read.ok ? undefined : read.fault;
}

/** Events of a text: a JSON array, one event, or one a line. @throws SyntaxError with the line */
export function eventsIn(text: string): unknown[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) return JSON.parse(trimmed) as unknown[];
  try {
    return [JSON.parse(trimmed)];
  } catch {
    return trimmed.split('\n').map((line, i) => {
      try {
        return JSON.parse(line) as unknown;
      } catch (error) {
        throw new SyntaxError(`line ${i + 1} is not JSON: ${error instanceof Error ? error.message : ''}`);
      }
    });
  }
}

function sentIn(written: unknown): SentEvent {
  const event = (typeof written === 'object' && written !== null ? written : {}) as Written;
  const text = (name: string) => (typeof event[name] === 'string' ? event[name] : undefined);
  return {
    id: text('id'),
    source: text('source'),
    type: text('type'),
    subject: text('subject'),
    time: text('time'),
    specversion: text('specversion'),
    data: JSON.stringify(event['data'] ?? null),
  };
}

/** A fault in lines for people. */
export function faultLines(place: string, { title, type, detail, errors = [] }: ProblemBody): string[] {
  return [
    `${place}: ${title} (${type.split(':').at(-1)})${detail ? ` — ${detail}` : ''}`,
    ...errors.map((e) => `  ${e.pointer ?? ''} ${e.detail}`),
  ];
}
