import {
  type ContractFault,
  EVENT_TYPES,
  type EventType,
  faultsOf,
  isEventType,
  topicOf,
} from '@gpect/contracts/event-contracts';
import { castTo, versionsOf } from '@gpect/contracts/versions/versions';
import { own } from '@gpect/domain-values/records';
import type { DomainEvent, EventContext, RecordedEvent } from './event.js';
import { sequenceOf } from './sequence.js';

/** A message ready for Kafka: CloudEvents 1.0 in binary mode, JSON value. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

/** A message as it came from Kafka, text throughout. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
  /** Why it cannot be taken, whatever it says: its bytes are no text, or the like. */
  readonly fault?: string;
  /** It has more bytes than are read: what is long in it is left out. */
  readonly tooLarge?: { readonly bytes: number; readonly most: number };
  /** Offsets of a whole batch that nobody can read: this stands for it. */
  readonly batch?: { readonly first: number; readonly last: number };
  /** What of it could not be read as it was written, for its sender to learn. */
  readonly faults?: readonly ContractFault[];
}

/** Where a message stands. */
export const placeOf = ({
  topic,
  partition,
  offset,
}: Pick<IncomingMessage, 'topic' | 'partition' | 'offset'>): string => `${topic}/${partition}/${offset}`;

const REQUIRED = ['ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time'];
const OPTIONAL = ['correlationid', 'causationid', 'traceparent'] as const;
const OPTIONAL_HEADERS = OPTIONAL.map((name) => [name, `ce_${name}`] as const);

export function toMessage(event: DomainEvent, context: EventContext): OutgoingMessage {
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: context.id,
    ce_source: context.source,
    ce_type: event.type,
    ce_subject: context.subject,
    ce_time: context.time,
    ce_sequence: String(context.sequence),
    'content-type': 'application/json',
  };
  for (const name of OPTIONAL) {
    const value = context[name];
    if (value !== undefined) headers[`ce_${name}`] = value;
  }
  return { topic: topicOf(event.type), key: context.subject, headers, value: JSON.stringify(event.data) };
}

/** What a message turned out to be; `unusable` says why, so that it can be parked with its reason. */
export type Reading =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** Of no concern to this reader. */
  | { readonly kind: 'unwanted' }
  /** The contracts of this build lack the type: of no concern as far as it knows. */
  | { readonly kind: 'unknown'; readonly type: string }
  /** A version that this build lacks of a type that it reads: it can be read by a newer release alone. */
  | { readonly kind: 'newer'; readonly reason: string }
  | { readonly kind: 'unusable'; readonly reason: string };

/**
 * Reads and checks a message: envelope first, then its data against the contract of its type. What was said in an older
 * version than the one that is wanted is cast up to it, and the other way round.
 */
export function readMessage(message: IncomingMessage, wanted: (type: EventType) => boolean): Reading {
  const { headers } = message;
  const missing = REQUIRED.filter((name) => !own(headers, name));
  if (missing.length > 0)
    return { kind: 'unusable', reason: message.fault ?? `no CloudEvents header ${missing.join(', ')}` };
  const type = headers['ce_type'] ?? '';
  if (!isEventType(type)) return message.fault ? { kind: 'unusable', reason: message.fault } : unknown(type, wanted);
  const read = wanted(type) ? type : versionsOf(type).find(wanted);
  if (!read) return { kind: 'unwanted' };
  if (message.fault) return { kind: 'unusable', reason: message.fault };
  const sequence = sequenceOf(headers['ce_sequence']);
  if (sequence === undefined) {
    return { kind: 'unusable', reason: `ce_sequence "${headers['ce_sequence'] ?? ''}" is not a whole number from 1` };
  }
  let data: unknown;
  try {
    data = JSON.parse(message.value);
  } catch (error) {
    return { kind: 'unusable', reason: `value is not JSON: ${error instanceof Error ? error.message : ''}` };
  }
  const faults = faultsOf(type, data);
  if (faults.length > 0) return { kind: 'unusable', reason: faults.map((f) => `${f.pointer} ${f.detail}`).join('; ') };
  const said = castTo(read, { type, data });
  // Written out: to spread what was said into it would take as long as reading the data.
  const event: Record<string, unknown> = {
    type: said.type,
    data: said.data,
    id: headers['ce_id'],
    source: headers['ce_source'],
    subject: headers['ce_subject'],
    time: headers['ce_time'],
    sequence,
  };
  for (const [name, header] of OPTIONAL_HEADERS) {
    const value = headers[header];
    if (value) event[name] = value;
  }
  // The contract was checked above: type and data belong together.
  return { kind: 'event', event: event as unknown as RecordedEvent };
}

/** A type without its version. */
const nameOf = (type: string): string => type.replace(/\.v\d+$/, '');

function unknown(type: string, wanted: (type: EventType) => boolean): Reading {
  const name = nameOf(type);
  const isRead = EVENT_TYPES.some((known) => nameOf(known) === name && versionsOf(known).some(wanted));
  if (name === type || !isRead) return { kind: 'unknown', type };
  return {
    kind: 'newer',
    reason: `${type} is of a newer release than this service: it is kept, with what follows of its aggregate, and read by itself once the service is upgraded`,
  };
}
