import type { EventDataByType } from '@gpect/contracts/generated/events';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { firmChange } from '../change.js';
import type { SessionRecord } from '../documents.js';
import { keeper } from '../keeper.js';

type Held = EventDataByType['fr.gpect.consulting.session-recorded.v1'];

/** Consulting sessions, each by its reference, as it was last said. */
export const sessions = keeper('sessions', {
  'fr.gpect.consulting.session-recorded.v1': ({ data, sequence }) => [sessionChange(data, recordOf(data, sequence))],
  'fr.gpect.consulting.session-corrected.v1': ({ data, sequence }) => [sessionChange(data, recordOf(data, sequence))],
  'fr.gpect.consulting.session-cancelled.v1': ({ data, sequence }) => [sessionChange(data, { q: sequence })],
});

function recordOf({ heldOn, halfDays, stage, theme, participants }: Omit<Held, 'basin'>, q: number): SessionRecord {
  return { q, on: heldOn, halfDays, stage, theme, participants };
}

function sessionChange(data: Parameters<typeof firmChange>[0] & { session: string }, record: SessionRecord) {
  return firmChange(data, {}, { newest: { [`held.${fieldName(data.session)}`]: record } });
}
