import type { IncomingHttpHeaders } from 'node:http';
import type { SentEvent } from '@gpect/service-kit/partners/partner-event';

/** An event as it came, with its place in a batch. */
export interface Received extends SentEvent {
  /** JSON pointer of the event in the request: nothing of a single one, `/2` of the third of a batch. */
  readonly at: string;
  readonly traceparent?: string | undefined;
}

const BATCH = 'application/cloudevents-batch+json';
const STRUCTURED = 'application/cloudevents+json';

/**
 * Reads the events of a request in any of the three modes of CloudEvents over HTTP, as they were written: the SDK for
 * JavaScript puts the present instant where a time cannot be read. Faults are left to the checks that every door has.
 */
export function readRequest(headers: IncomingHttpHeaders, body: unknown): Received[] {
  const type = headers['content-type'] ?? '';
  if (type.startsWith(BATCH)) return (body as unknown[]).map((one, i) => structured(one, `/${i}`));
  if (type.startsWith(STRUCTURED)) return [structured(body, '')];
  return [received((name) => decoded(headers[`ce-${name}`]), JSON.stringify(body ?? null), '')];
}

function structured(body: unknown, at: string): Received {
  const event = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const { data = null, data_base64: base64 } = event;
  const text = typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('utf8') : JSON.stringify(data);
  return received((name) => event[name], text, at);
}

function received(attribute: (name: string) => unknown, data: string, at: string): Received {
  const text = (name: string) => {
    const value = attribute(name);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    id: text('id'),
    source: text('source'),
    type: text('type'),
    subject: text('subject'),
    time: text('time'),
    specversion: text('specversion'),
    traceparent: text('traceparent'),
    data,
    at,
  };
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
