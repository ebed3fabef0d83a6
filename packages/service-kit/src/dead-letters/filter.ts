import { placeOf } from '../events/cloudevents.js';
import type { ParkedEvent } from './parked-events.js';

/** Which parked events are meant; all of them where nothing is said. */
export interface DeadLetterFilter {
  /** Code of who sent it, where that is no service. */
  readonly partner?: string;
  readonly type?: string;
  readonly subject?: string;
  /** Part of the reason. */
  readonly reason?: string;
  /** Instants between which it was parked (ISO 8601). */
  readonly since?: string;
  readonly until?: string;
  /** `<topic>/<partition>/<offset>`. */
  readonly place?: string;
}

/** Whether one place or one subject is asked for, and not whatever there is. */
export function isNamed({ place, subject }: DeadLetterFilter): boolean {
  return place !== undefined || subject !== undefined;
}

export const subjectOf = ({ message: { headers, key } }: Pick<ParkedEvent, 'message'>): string =>
  headers['ce_subject'] ?? key;

/** Pure. */
export function isMeant(event: ParkedEvent, sender: string | undefined, filter: DeadLetterFilter): boolean {
  const { headers } = event.message;
  const at = event.parkedAt.toISOString();
  return (
    (filter.partner === undefined || sender === filter.partner) &&
    (filter.type === undefined || headers['ce_type'] === filter.type) &&
    (filter.subject === undefined || subjectOf(event) === filter.subject) &&
    (filter.reason === undefined || event.reason.toLowerCase().includes(filter.reason.toLowerCase())) &&
    (filter.since === undefined || at >= filter.since) &&
    (filter.until === undefined || at <= filter.until) &&
    (filter.place === undefined || placeOf(event.message) === filter.place)
  );
}
