import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { Decision, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, tooEarly } from '@gpect/service-kit/aggregate/refusals';
import type { DomainEvent } from '@gpect/service-kit/events/event';

type Keys = 'programme' | 'action' | 'basin' | 'siret';
export type Contact = Omit<EventDataByType['fr.gpect.enrolment.firm-contacted.v2'], Keys>;

/** One move of a firm's rhythm, dated and explained. Source: bilan 2007-2013, section 6, last point. */
export interface Move {
  readonly move: 'DEFERRED' | 'SUSPENDED' | 'RESUMED';
  readonly on: CalendarDate;
  readonly wakeUpOn?: CalendarDate;
  readonly reason?: string;
}

export type RhythmCommand =
  | { readonly kind: 'contact'; readonly contact: Contact; readonly today: CalendarDate }
  | {
      readonly kind: 'defer';
      readonly deferredOn: CalendarDate;
      readonly wakeUpOn: CalendarDate;
      readonly reason: string;
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'suspend';
      readonly suspendedOn: CalendarDate;
      readonly wakeUpOn: CalendarDate;
      readonly reason: string;
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

/** The decisions about a firm's rhythm, once the state allows them. */
export function decideRhythm(command: RhythmCommand, state: Paced, forbidden: () => Refusal): Decision {
  const { programme, action, basin, siret } = state;
  const keys = { programme, action, basin, siret };
  switch (command.kind) {
    case 'contact':
      return recordContact(command.contact, command.today, state, keys, forbidden);
    case 'defer': {
      const { deferredOn, wakeUpOn, reason, today } = command;
      return pause(state, { move: 'DEFERRED', on: deferredOn, wakeUpOn, reason }, today, forbidden, {
        type: 'fr.gpect.enrolment.firm-deferred.v1',
        data: { ...keys, deferredOn, wakeUpOn, reason },
      });
    }
    case 'suspend': {
      const { suspendedOn, wakeUpOn, reason, today } = command;
      return pause(state, { move: 'SUSPENDED', on: suspendedOn, wakeUpOn, reason }, today, forbidden, {
        type: 'fr.gpect.enrolment.firm-suspended.v1',
        data: { ...keys, suspendedOn, wakeUpOn, reason },
      });
    }
    case 'resume': {
      const { resumedOn, reason, today } = command;
      const move: Move = { move: 'RESUMED', on: resumedOn, ...(reason ? { reason } : {}) };
      const last = state.moves?.at(-1);
      if (isDeepStrictEqual(last, move)) return ok([]);
      const from = state.status;
      if (from !== 'DEFERRED' && from !== 'SUSPENDED') return fail(forbidden());
      if (resumedOn > today) return fail(inFuture('resumedOn', resumedOn, 'resume it once it goes on'));
      if (last && resumedOn < last.on) return fail(beforeLast('resumedOn', resumedOn, last));
      return ok([
        {
          type: 'fr.gpect.enrolment.firm-resumed.v1',
          data: { ...keys, resumedOn, from, ...(reason ? { reason } : {}) },
        },
      ]);
    }
    default:
      return command satisfies never;
  }
}

function recordContact(
  contact: Contact,
  today: CalendarDate,
  { status, contacts = [] }: Paced,
  keys: Pick<Paced, Keys>,
  forbidden: () => Refusal,
): Decision {
  const known = contacts.find((c) => c.contact === contact.contact);
  if (known && isDeepStrictEqual({ ...known }, { ...contact })) return ok([]);
  if (known)
    return fail({
      code: 'contact_differs',
      kind: 'transition',
      field: 'contact',
      state: status,
      allowed: ['contact'],
      detail: `contact ${contact.contact} was recorded on ${known.on} otherwise; give a new contact its own number`,
    });
  if (['DECLINED', 'COMPLETED', 'ABANDONED', 'MERGED'].includes(status)) return fail(forbidden());
  if (contact.on > today) return fail(inFuture('on', contact.on, 'record a contact once it was made'));
  return ok([{ type: 'fr.gpect.enrolment.firm-contacted.v2', data: { ...keys, ...contact } }]);
}

function pause(
  state: Paced,
  move: Move & { readonly wakeUpOn: CalendarDate },
  today: CalendarDate,
  forbidden: () => Refusal,
  event: DomainEvent,
): Decision {
  const last = state.moves?.at(-1);
  if (last && isDeepStrictEqual({ ...last }, { ...move })) return ok([]);
  const from = move.move === 'DEFERRED' ? ['DETECTED', 'QUALIFIED'] : ['ENROLLED'];
  if (!from.includes(state.status)) return fail(forbidden());
  const field = move.move === 'DEFERRED' ? 'deferredOn' : 'suspendedOn';
  if (move.on > today) return fail(inFuture(field, move.on, 'give the day on which it was agreed'));
  if (move.wakeUpOn <= move.on)
    return fail({
      code: 'wake_up_too_early',
      kind: 'rule',
      field: 'wakeUpOn',
      value: move.wakeUpOn,
      detail: `${move.wakeUpOn} is not after ${move.on}; agree on a later day to come back`,
    });
  const earliest = state.enrolledOn ?? state.detectedOn;
  if (move.on < earliest) return fail(tooEarly(field, move.on, `${earliest}, when the firm came to this stage`));
  if (last && move.on < last.on) return fail(beforeLast(field, move.on, last));
  return ok([event]);
}

function beforeLast(field: string, date: CalendarDate, last: Move): Refusal {
  return tooEarly(field, date, `the last move (${last.move} on ${last.on})`);
}

/** Whether a deferred or suspended firm is to be woken by now. */
export function isDue({ status, moves }: Paced, today: CalendarDate): boolean {
  const wakeUpOn = moves?.at(-1)?.wakeUpOn;
  return (status === 'DEFERRED' || status === 'SUSPENDED') && wakeUpOn !== undefined && wakeUpOn <= today;
}
