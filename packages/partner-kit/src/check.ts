import type { ProblemBody } from '@gpect/service-kit/http/problem';
import { readPartnerEvent } from '@gpect/service-kit/partners/partner-event';
import { structuredEvent } from '@gpect/service-kit/partners/sent-event';
import { anyPartner } from './known.js';

/** An event in structured form, as it was written. */
export type Written = Readonly<Record<string, unknown>>;

/** What is wrong with an event; undefined where it keeps its contract. Pure. @param now ms since 1970 */
export function faultOf(written: unknown, partner: string, now: number): ProblemBody | undefined {
  const read = readPartnerEvent(structuredEvent(written), partner, anyPartner(partner), now);
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

/** A fault in lines for people. */
export function faultLines(place: string, { title, type, detail, errors = [] }: ProblemBody): string[] {
  return [
    `${place}: ${title} (${type.split(':').at(-1)})${detail ? ` — ${detail}` : ''}`,
    ...errors.map((e) => `  ${e.pointer ?? ''} ${e.detail}`),
  ];
}
