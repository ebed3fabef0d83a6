import type { EventType } from '../event-contracts.js';
import type { EventDataByType } from '../generated/events.js';

/** How an event of one version is said in the next, and that one in the former. Pure; what is lost on the way down is said here. */
export interface Cast<Old extends EventType = EventType, New extends EventType = EventType> {
  readonly from: Old;
  readonly to: New;
  up(data: EventDataByType[Old]): EventDataByType[New];
  down(data: EventDataByType[New]): EventDataByType[Old];
}

/** Ties a cast to its two contracts. */
const cast = <Old extends EventType, New extends EventType>(of: Cast<Old, New>): Cast => of as unknown as Cast;

/** An old reader knows no video: for it that is a call. */
const byCall = <Means extends string>(means: Means): Exclude<Means, 'VIDEO'> =>
  (means === 'VIDEO' ? 'CALL' : means) as Exclude<Means, 'VIDEO'>;

/** One step from each version that has a newer one. */
export const CASTS: readonly Cast[] = [
  cast({
    from: 'fr.gpect.enrolment.firm-contacted.v1',
    to: 'fr.gpect.enrolment.firm-contacted.v2',
    up: (data) => data,
    down: (data) => ({ ...data, means: byCall(data.means) }),
  }),
  cast({
    from: 'fr.gpect.partner.firm-contact-sent.v1',
    to: 'fr.gpect.partner.firm-contact-sent.v2',
    up: (data) => data,
    down: (data) => ({ ...data, means: byCall(data.means) }),
  }),
];
