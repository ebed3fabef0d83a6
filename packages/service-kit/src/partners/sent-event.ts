import { own } from '@gpect/domain-values/records';
import type { IncomingMessage } from '../events/cloudevents.js';

/** What a partner sent, by whichever door: CloudEvents attributes and the data as text, as they were written, right or wrong. */
export interface SentEvent {
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  readonly time?: string | undefined;
  readonly specversion?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly data: string;
}

const ATTRIBUTES = ['id', 'source', 'type', 'subject', 'time', 'specversion', 'traceparent'] as const;

/** Media type of an event in structured form. */
export const STRUCTURED = 'application/cloudevents+json';

/** An event by its attributes; what is no text is as good as absent. Faults are left to the checks that every door has. */
export function sentEvent(attribute: (name: string) => unknown, data: string): SentEvent {
  const said = ATTRIBUTES.flatMap((name) => {
    const value = attribute(name);
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return { ...Object.fromEntries(said), data };
}

/** An event in structured form, its data as JSON or in base64. */
export function structuredEvent(written: unknown): SentEvent {
  const event = (typeof written === 'object' && written !== null ? written : {}) as Readonly<Record<string, unknown>>;
  const { data = null, data_base64: base64 } = event;
  const text = typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('utf8') : JSON.stringify(data);
  return sentEvent((name) => own(event, name), text);
}

/** An event in binary form, as every reader of a topic takes it. */
export const binaryEvent = ({ headers, value }: IncomingMessage): SentEvent =>
  sentEvent((name) => own(headers, `ce_${name}`), value);

/**
 * A message in structured form (CloudEvents over Kafka, section 3.3), in binary form; every other as it is, one whose
 * value is no JSON too: it is refused like any event without attributes.
 */
export function inBinaryMode(message: IncomingMessage): IncomingMessage {
  if (!message.headers['content-type']?.startsWith(STRUCTURED)) return message;
  try {
    const { data, ...attributes } = structuredEvent(JSON.parse(message.value));
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value]));
    return { ...message, headers: { ...headers, 'content-type': 'application/json' }, value: data };
  } catch {
    return message;
  }
}
