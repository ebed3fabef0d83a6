import type { IncomingHttpHeaders } from 'node:http';
import { own } from '@gpect/domain-values/records';
import { type SentEvent, STRUCTURED, sentEvent, structuredEvent } from '@gpect/service-kit/partners/sent-event';

/** An event as it came, with its place in a batch. */
export interface Received extends SentEvent {
  /** JSON pointer of the event in the request: nothing of a single one, `/2` of the third of a batch. */
  readonly at: string;
}

const BATCH = 'application/cloudevents-batch+json';

/**
 * Reads the events of a request in any of the three modes of CloudEvents over HTTP, as they were written: the SDK for
 * JavaScript puts the present instant where a time cannot be read. Faults are left to the checks that every door has.
 */
export function readRequest(headers: IncomingHttpHeaders, body: unknown): Received[] {
  const type = headers['content-type'] ?? '';
  if (type.startsWith(BATCH)) return (body as unknown[]).map((one, i) => ({ ...structuredEvent(one), at: `/${i}` }));
  if (type.startsWith(STRUCTURED)) return [{ ...structuredEvent(body), at: '' }];
  return [{ ...sentEvent((name) => decoded(own(headers, `ce-${name}`)), JSON.stringify(body ?? null)), at: '' }];
}

/** Binary mode: what is beyond ASCII is percent-encoded in a header. */
function decoded(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
