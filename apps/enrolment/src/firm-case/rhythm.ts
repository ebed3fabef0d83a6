import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType, Values } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, tooEarly } from '@gpect/service-kit/aggregate/refusals';

type Decision = DecisionOf<'enrolment/firm case'>;

type Keys = 'programme' | 'action' | 'basin' | 'siret';
export type Contact = Omit<EventDataByType['fr.gpect.enrolment.firm-contacted.v2'], Keys>;

/** One move of a firm's rhythm, dated and explained. Source: bilan 2007-2013, section 6, last point. */
export interface Move {
  readonly move: 'DEFERRED' | 'SUSPENDED' | 'RESUMED';
  readonly on: CalendarDate;
  readonly wakeUpOn?: CalendarDate;
  readonly reason?: string;
  readonly reasonKind?: Values['Reason'];
}

export type RhythmCommand =
  | { readonly kind: 'contact'; readonly contact: Contact; readonly today: CalendarDate }
  | {
      readonly kind: 'defer';
      readonly deferredOn: CalendarDate;
      readonly wakeUpOn: CalendarDate;
      readonly reason: string;
      readonly reasonKind?: Values['Reason'];
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'suspend';
      readonly suspendedOn: CalendarDate;
      readonly wakeUpOn: CalendarDate;
      readonly reason: string;
      readonly reasonKind?: Values['Reason'];
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'resume';
      readonly resumedOn: CalendarDate;
      readonly reason?: string;
      readonly today: CalendarDate;
    };

/** What these decisions look at of a case. */
export interface Paced {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  readonly status: string;
  readonly detectedOn: CalendarDate;
  readonly enrolledOn?: CalendarDate;
  readonly contacts?: readonly Contact[];
  readonly moves?: readonly Move[];
}

type Of<Kind extends RhythmCommand['kind']> = Extract<RhythmCommand, { readonly kind: Kind }>;

export const contacting = {
  known: ({ contact }: Of<'contact'>, { contacts = [] }: Paced) => {
    const known = contacts.find((c) => c.contact === contact.contact);
    if (!known) return undefined;
    if (isDeepStrictEqual({ ...known }, { ...contact })) return ok([]);
    return fail({
      code: 'contact_differs',
      kind: 'transition' as const,
      field: 'contact',
      detail: `contact ${contact.contact} was recorded on ${known.on} otherwise; give a new contact its own number`,
    });
  },
  decide: ({ contact, today }: Of<'contact'>, state: Paced): Decision => {
    if (contact.on > today) return fail(inFuture('on', contact.on, 'record a contact once it was made'));
    return ok([{ type: 'fr.gpect.enrolment.firm-contacted.v2', data: { ...keysOf(state), ...contact } }]);
  },
};

const deferral = ({ deferredOn, wakeUpOn, reason, reasonKind }: Of<'defer'>): Pause => ({
  move: 'DEFERRED',
  on: deferredOn,
  wakeUpOn,
  reason,
  ...(reasonKind ? { reasonKind } : {}),
});

export const deferring = {
  known: (command: Of<'defer'>, state: Paced) => repeated(deferral(command), state),
  decide: (command: Of<'defer'>, state: Paced): Decision => {
    const { deferredOn, wakeUpOn, reason, reasonKind, today } = command;
    const unfit = unfitPause('deferredOn', deferral(command), today, state);
    if (unfit) return fail(unfit);
    const data = { ...keysOf(state), deferredOn, wakeUpOn, reason, ...(reasonKind ? { reasonKind } : {}) };
    return ok([{ type: 'fr.gpect.enrolment.firm-deferred.v1', data }]);
  },
};

const suspension = ({ suspendedOn, wakeUpOn, reason, reasonKind }: Of<'suspend'>): Pause => ({
  move: 'SUSPENDED',
  on: suspendedOn,
  wakeUpOn,
  reason,
  ...(reasonKind ? { reasonKind } : {}),
});

export const suspending = {
  known: (command: Of<'suspend'>, state: Paced) => repeated(suspension(command), state),
  decide: (command: Of<'suspend'>, state: Paced): Decision => {
    const { suspendedOn, wakeUpOn, reason, reasonKind, today } = command;
    const unfit = unfitPause('suspendedOn', suspension(command), today, state);
    if (unfit) return fail(unfit);
    const data = { ...keysOf(state), suspendedOn, wakeUpOn, reason, ...(reasonKind ? { reasonKind } : {}) };
    return ok([{ type: 'fr.gpect.enrolment.firm-suspended.v1', data }]);
  },
};

export const resuming = {
  known: ({ resumedOn, reason }: Of<'resume'>, state: Paced) =>
    repeated({ move: 'RESUMED', on: resumedOn, ...(reason ? { reason } : {}) }, state),
  decide: ({ resumedOn, reason, today }: Of<'resume'>, state: Paced): Decision => {
    const last = state.moves?.at(-1);
    if (resumedOn > today) return fail(inFuture('resumedOn', resumedOn, 'resume it once it goes on'));
    if (last && resumedOn < last.on) return fail(beforeLast('resumedOn', resumedOn, last));
    const from = state.status === 'DEFERRED' ? 'DEFERRED' : 'SUSPENDED';
    return ok([
      {
        type: 'fr.gpect.enrolment.firm-resumed.v1',
        data: { ...keysOf(state), resumedOn, from, ...(reason ? { reason } : {}) },
      },
    ]);
  },
};

type Pause = Move & { readonly wakeUpOn: CalendarDate };

/** The last move once more: nothing happens. */
function repeated(move: Move, { moves }: Paced) {
  const last = moves?.at(-1);
  return last && isDeepStrictEqual({ ...last }, { ...move }) ? ok([]) : undefined;
}

/** Why a pause does not fit the days of the case; undefined where it does. */
function unfitPause(field: string, { on, wakeUpOn }: Pause, today: CalendarDate, state: Paced): Refusal | undefined {
  const last = state.moves?.at(-1);
  if (on > today) return inFuture(field, on, 'give the day on which it was agreed');
  if (wakeUpOn <= on)
    return {
      code: 'wake_up_too_early',
      kind: 'rule',
      field: 'wakeUpOn',
      value: wakeUpOn,
      detail: `${wakeUpOn} is not after ${on}; agree on a later day to come back`,
    };
  const earliest = state.enrolledOn ?? state.detectedOn;
  if (on < earliest) return tooEarly(field, on, `${earliest}, when the firm came to this stage`);
  if (last && on < last.on) return beforeLast(field, on, last);
  return undefined;
}

const keysOf = ({ programme, action, basin, siret }: Paced) => ({ programme, action, basin, siret });

function beforeLast(field: string, date: CalendarDate, last: Move): Refusal {
  return tooEarly(field, date, `the last move (${last.move} on ${last.on})`);
}

/** Whether a deferred or suspended firm is to be woken by now. */
export function isDue({ status, moves }: Paced, today: CalendarDate): boolean {
  const wakeUpOn = moves?.at(-1)?.wakeUpOn;
  return (status === 'DEFERRED' || status === 'SUSPENDED') && wakeUpOn !== undefined && wakeUpOn <= today;
}
