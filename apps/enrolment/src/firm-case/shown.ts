import type { components } from '@gpect/contracts/generated/api-enrolment';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { detectionOf } from './detection.js';
import { allowedIn, type FirmCase } from './firm-case.js';
import { isDue } from './rhythm.js';

/** What else is known of the firm: its establishments with a case, and where this one moved. */
export interface Around {
  readonly establishments: readonly string[];
  readonly movedTo?: string | undefined;
}

/** A case as the API shows it. */
export function shownCase(
  state: FirmCase,
  today: CalendarDate,
  { establishments, movedTo }: Around,
): components['schemas']['FirmCase'] {
  const { programme, siret, action, basin, name, headcount, status, enrolledOn, completedOn, left } = state;
  const { source, detectedBy, again = [], mergedInto, contacts = [], moves = [], signatories = [] } = state;
  const wakeUpOn = status === 'DEFERRED' || status === 'SUSPENDED' ? moves.at(-1)?.wakeUpOn : undefined;
  return {
    programme,
    siret,
    action,
    basin,
    name,
    headcount,
    status,
    allowed: allowedIn(status),
    source,
    ...(detectedBy ? { detectedBy } : {}),
    detections: [detectionOf(state), ...again],
    contacts: [...contacts],
    moves: [...moves],
    signatories: [...signatories],
    establishments: [...establishments],
    ...(movedTo ? { movedTo } : {}),
    ...(mergedInto ? { mergedInto } : {}),
    ...(wakeUpOn ? { wakeUpOn, due: isDue(state, today) } : {}),
    ...(enrolledOn ? { enrolledOn } : {}),
    ...(completedOn ? { completedOn } : {}),
    ...(status === 'ABANDONED' && left?.on ? { abandonedOn: left.on } : {}),
  };
}
