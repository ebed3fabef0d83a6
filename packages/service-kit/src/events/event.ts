import type { EventType } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';

/** A fact as a decision states it: what happened, in data. */
export type DomainEvent<T extends EventType = EventType> = {
  [K in T]: { readonly type: K; readonly data: EventDataByType[K] };
}[T];

/** Where an event stands: who said it, of what, when it was recorded, and what led to it. */
export interface EventContext {
  readonly id: string;
  readonly source: string;
  readonly subject: string;
  /** The instant it was recorded (ISO 8601, UTC); the day it happened is in the data. */
  readonly time: string;
  /** Number of the event in its aggregate, from 1. */
  readonly sequence: number;
  readonly correlationid?: string;
  readonly causationid?: string;
  readonly traceparent?: string;
}

/** An event as it is read from a topic: the fact and its context. */
export type RecordedEvent<T extends EventType = EventType> = DomainEvent<T> & EventContext;
