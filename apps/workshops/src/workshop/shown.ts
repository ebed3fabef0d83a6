import type { components } from '@gpect/contracts/generated/api-workshops';
import { own } from '@gpect/domain-values/records';
import { feedbackOf, seatsOf } from './participants.js';
import type { Attendance, Workshop } from './workshop.js';

type Schemas = components['schemas'];

/** A workshop as the API shows it; the feedback without names. */
export function shownWorkshop(state: Workshop, invited: readonly string[]): Schemas['Workshop'] {
  const {
    programme,
    action,
    workshop,
    plannedOn,
    theme,
    status,
    attendance,
    participants = [],
    reminders = [],
  } = state;
  const { title, proposal, series, startsAt, endsAt, place, audiences } = state;
  const all = audiences && !audiences.includes('MANAGERS') ? [] : invited;
  return {
    programme,
    action,
    workshop,
    plannedOn,
    theme,
    status,
    ...(title ? { title } : {}),
    ...(proposal ? { proposal } : {}),
    ...(series ? { series } : {}),
    ...(startsAt ? { startsAt } : {}),
    ...(endsAt ? { endsAt } : {}),
    ...(place ? { place } : {}),
    audiences: [...(audiences ?? ['MANAGERS' as const])],
    seats: seatsOf(state),
    participants: participants
      .filter((p) => p.seat !== 'WITHDRAWN')
      .map(({ feedback: _feedback, seat, ...p }) => ({ ...p, seat, ...(seat === 'LATE' ? { late: true } : {}) })),
    feedback: feedbackOf(participants),
    reminders: reminders.map(({ persons, firms, ...r }) => ({ ...r, persons: [...persons], firms: [...firms] })),
    invited: [...new Set([...all, ...Object.keys(attendance)])]
      .sort()
      .map((siret) => ({ siret, ...attendanceOf(attendance, siret) })),
  };
}

export function shownInList(state: Workshop): Schemas['Workshops']['workshops'][number] {
  const { workshop, title, series, plannedOn, startsAt, theme, status } = state;
  return {
    workshop,
    plannedOn,
    theme,
    status,
    ...(title ? { title } : {}),
    ...(series ? { series } : {}),
    ...(startsAt ? { startsAt } : {}),
    seats: seatsOf(state),
  };
}

function attendanceOf(known: Workshop['attendance'], siret: string): { attendance?: Attendance } {
  const attendance = own(known, siret);
  return attendance ? { attendance } : {};
}
