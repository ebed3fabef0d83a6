import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf, EventOf } from '@gpect/service-kit/aggregate/aggregate';
import { LifeCycle } from '@gpect/service-kit/aggregate/life-cycle';
import { inFuture, notKnown } from '@gpect/service-kit/aggregate/refusals';
import {
  givingFeedback,
  misplaced,
  type Participant,
  type ParticipantCommand,
  registering,
  whoOf,
  withdrawing,
  withParticipant,
} from './participants.js';

type Decision = DecisionOf<'workshops/workshop'>;
type Said = EventOf<'workshops/workshop'>;

type Planned = EventDataByType['fr.gpect.workshops.workshop-scheduled.v1'];
type Reminder = Omit<
  EventDataByType['fr.gpect.workshops.workshop-reminder-due.v1'],
  'programme' | 'action' | 'workshop' | 'plannedOn'
>;
export type Attendance = 'PRESENT' | 'ABSENT';

export interface Workshop extends Planned {
  readonly status: 'PLANNED' | 'HELD' | 'CANCELLED';
  readonly heldOn?: CalendarDate;
  /** Of the firms. */
  readonly attendance: Readonly<Record<string, Attendance>>;
  readonly participants?: readonly Participant[];
  readonly reminders?: readonly Reminder[];
}

export type WorkshopCommand =
  | {
      readonly kind: 'plan';
      readonly workshop: Planned;
      readonly actionKnown: boolean;
      /** Proposals of the programme that the managers agreed on. */
      readonly agreed?: readonly string[];
    }
  | { readonly kind: 'hold'; readonly heldOn?: CalendarDate; readonly today: CalendarDate }
  | { readonly kind: 'cancel'; readonly cancelledOn?: CalendarDate; readonly reason?: string }
  | {
      readonly kind: 'record-attendance';
      readonly siret: string;
      readonly attendance: Attendance;
      readonly firmAction: string | undefined;
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'record-person';
      readonly person: string;
      readonly attendance: Attendance;
      /** Who it is, where the person was not registered. */
      readonly who: Partial<Pick<Participant, 'name' | 'audience' | 'siret' | 'organisation'>>;
      /** By SIRET, the id of the action that a firm is enrolled in. */
      readonly firmAction: (siret: string) => string | undefined;
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'remind';
      readonly daysBefore: number;
      /** Firms that are invited. */
      readonly invited: readonly string[];
      readonly today: CalendarDate;
    }
  | ParticipantCommand;

/** Once it is planned: what is possible in which state, and what comes of it. */
const life = new LifeCycle<'workshops/workshop', Workshop, Exclude<WorkshopCommand, { kind: 'plan' }>>('workshop', {
  register: { in: ['PLANNED'], ...registering },
  withdraw: { in: ['PLANNED'], ...withdrawing },
  hold: { in: ['PLANNED'], known: (_command, { status }) => (status === 'HELD' ? ok([]) : undefined), decide: hold },
  cancel: {
    in: ['PLANNED'],
    known: (_command, { status }) => (status === 'CANCELLED' ? ok([]) : undefined),
    decide: cancel,
  },
  'record-attendance': { in: ['PLANNED', 'HELD'], decide: recordAttendance },
  'record-person': { in: ['PLANNED', 'HELD'], decide: recordPerson },
  'give-feedback': { in: ['HELD'], ...givingFeedback },
  remind: { in: ['PLANNED'], isPassedOver: true, decide: remind },
});

/** A collective workshop (animation collective) of an action, from its plan to who came. */
export const workshop: Aggregate<'workshops/workshop', Workshop | null, WorkshopCommand> = {
  collection: 'workshops',
  initial: null,
  decide: (command, state) => {
    if (command.kind === 'plan') return plan(command, state);
    if (!state)
      return fail({
        code: 'workshop_unknown',
        kind: 'unknown',
        field: 'workshop',
        detail: 'there is no such workshop; plan it first',
      });
    return life.decide(command, state);
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.workshops.workshop-scheduled.v1':
        return { ...event.data, status: 'PLANNED', attendance: {} };
      case 'fr.gpect.workshops.workshop-held.v1':
        return state && { ...state, status: 'HELD', heldOn: event.data.heldOn };
      case 'fr.gpect.workshops.workshop-cancelled.v1':
        return state && { ...state, status: 'CANCELLED' };
      case 'fr.gpect.workshops.attendance-recorded.v1':
        return state && { ...state, attendance: { ...state.attendance, [event.data.siret]: event.data.attendance } };
      case 'fr.gpect.workshops.participant-registered.v1': {
        const { programme: _p, action: _a, workshop: _w, registeredOn: _on, ...participant } = event.data;
        return (
          state && {
            ...state,
            participants: withParticipant(state.participants, participant.person, () => participant),
          }
        );
      }
      case 'fr.gpect.workshops.participant-withdrew.v1':
        return state && seated(state, event.data.person, 'WITHDRAWN');
      case 'fr.gpect.workshops.participant-seated.v1':
        return state && seated(state, event.data.person, 'SEAT');
      case 'fr.gpect.workshops.person-attendance-recorded.v1': {
        const { person, attendance } = event.data;
        const who = whoOf(event.data);
        return (
          state && {
            ...state,
            participants: withParticipant(state.participants, person, (known) => ({
              seat: 'LATE',
              ...known,
              ...who,
              attendance,
            })),
          }
        );
      }
      case 'fr.gpect.workshops.workshop-feedback-given.v1': {
        const { programme: _p, action: _a, workshop: _w, ...feedback } = event.data;
        return (
          state && {
            ...state,
            participants: withParticipant(
              state.participants,
              feedback.person,
              (known) => known && { ...known, feedback },
            ),
          }
        );
      }
      case 'fr.gpect.workshops.workshop-reminder-due.v1': {
        const { programme: _p, action: _a, workshop: _w, plannedOn: _on, ...reminder } = event.data;
        return state && { ...state, reminders: [...(state.reminders ?? []), reminder] };
      }
      default:
        return unreachable(event satisfies never);
    }
  },
};

function seated(state: Workshop, person: string, seat: Participant['seat']): Workshop {
  const participants = withParticipant(state.participants, person, (known) => known && { ...known, seat });
  return { ...state, participants };
}

function plan(
  { workshop: planned, actionKnown, agreed = [] }: WorkshopCommand & { kind: 'plan' },
  state: Workshop | null,
): Decision {
  if (state) {
    const { status, heldOn: _h, attendance: _a, participants: _p, reminders: _r, ...before } = state;
    if (isDeepStrictEqual(before, planned)) return ok([]);
    return fail({
      code: 'workshop_differs',
      kind: 'transition',
      field: 'workshop',
      state: status,
      allowed: life.allowed(status),
      detail: `workshop ${planned.workshop} is planned otherwise (${before.theme} on ${before.plannedOn}); give a new workshop its own number`,
    });
  }
  if (!actionKnown) {
    return fail({
      code: 'action_unknown',
      kind: 'unknown',
      field: 'action',
      detail: `action ${planned.action} is not launched, or its launch has not arrived yet; send it again once it is`,
    });
  }
  const { proposal, startsAt, endsAt } = planned;
  if (proposal && !agreed.includes(proposal))
    return fail(notKnown('proposal', proposal, `the managers agreed on ${agreed.join(', ') || 'no programme yet'}`));
  if (endsAt && (!startsAt || endsAt <= startsAt))
    return fail({
      code: 'hours_reversed',
      kind: 'rule',
      field: 'endsAt',
      value: endsAt,
      detail: `ends at ${endsAt}, starts at ${startsAt ?? 'no stated hour'}; give a start before the end`,
    });
  return ok([{ type: 'fr.gpect.workshops.workshop-scheduled.v1', data: planned }]);
}

function hold({ heldOn, today }: WorkshopCommand & { kind: 'hold' }, state: Workshop): Decision {
  const held = heldEvent(state, heldOn ?? state.plannedOn, today);
  return held.ok ? ok([held.value]) : held;
}

function cancel({ cancelledOn, reason }: WorkshopCommand & { kind: 'cancel' }, state: Workshop): Decision {
  return ok([
    {
      type: 'fr.gpect.workshops.workshop-cancelled.v1',
      data: { ...keysOf(state), ...(cancelledOn ? { cancelledOn } : {}), ...(reason ? { reason } : {}) },
    },
  ]);
}

function recordAttendance(
  { siret, attendance, firmAction, today }: WorkshopCommand & { kind: 'record-attendance' },
  state: Workshop,
): Decision {
  const known = own(state.attendance, siret);
  if (known === attendance) return ok([]);
  if (known) {
    return fail({
      code: 'attendance_differs',
      kind: 'transition',
      field: 'attendance',
      detail: `${siret} is recorded as ${known}`,
    });
  }
  if (firmAction !== `${state.programme}/${state.action}`) {
    return fail({
      code: 'firm_not_enrolled',
      kind: 'unknown',
      field: 'siret',
      detail: `${siret} is not enrolled in action ${state.action}, or its enrolment has not arrived yet; send it again once it is`,
    });
  }
  const held = state.status === 'HELD' ? undefined : heldEvent(state, state.plannedOn, today);
  if (held && !held.ok) return held;
  const recorded = {
    type: 'fr.gpect.workshops.attendance-recorded.v1' as const,
    data: { ...keysOf(state), siret, heldOn: state.heldOn ?? state.plannedOn, attendance },
  };
  return ok(held ? [held.value, recorded] : [recorded]);
}

/** Whether a person came. Who was not registered is added; a firm whose manager came has come. */
function recordPerson(
  { person, attendance, who, firmAction, today }: WorkshopCommand & { kind: 'record-person' },
  state: Workshop,
): Decision {
  const known = state.participants?.find((p) => p.person === person);
  if (known?.attendance === attendance) return ok([]);
  if (known?.attendance)
    return fail({
      code: 'attendance_differs',
      kind: 'transition',
      field: 'attendance',
      detail: `${person} is recorded as ${known.attendance}`,
    });
  const { name, audience } = { ...known, ...who };
  if (!name || !audience)
    return fail(
      notKnown('person', person, 'nobody registered under this number; give name and audience to add the person'),
    );
  const participant = whoOf({ ...who, ...known, person, name, audience });
  const { siret } = participant;
  const unfit = known ? undefined : misplaced(participant, siret ? firmAction(siret) : undefined, state);
  if (unfit) return fail(unfit);
  const late = known === undefined || known.seat === 'LATE' || known.seat === 'WITHDRAWN';
  const held = state.status === 'HELD' ? undefined : heldEvent(state, state.plannedOn, today);
  if (held && !held.ok) return held;
  const heldOn = state.heldOn ?? state.plannedOn;
  const ofFirm = siret ? own(state.attendance, siret) : undefined;
  if (attendance === 'PRESENT' && ofFirm === 'ABSENT')
    return fail({
      code: 'attendance_differs',
      kind: 'transition',
      field: 'siret',
      detail: `${siret} is recorded as ABSENT; a firm whose manager came was present`,
    });
  const data = { ...keysOf(state), ...participant, heldOn, attendance, late };
  const firmCame = siret && attendance === 'PRESENT' && !ofFirm && audience === 'MANAGERS';
  return ok<Said[]>([
    ...(held ? [held.value] : []),
    { type: 'fr.gpect.workshops.person-attendance-recorded.v1', data },
    ...(firmCame
      ? [
          {
            type: 'fr.gpect.workshops.attendance-recorded.v1' as const,
            data: { ...keysOf(state), siret, heldOn, attendance },
          },
        ]
      : []),
  ]);
}

/** Those who have a seat, and the firms of which nobody has answered. Once for each term. */
function remind({ daysBefore, invited, today }: WorkshopCommand & { kind: 'remind' }, state: Workshop): Decision {
  const { plannedOn, reminders = [], participants = [], audiences = ['MANAGERS'] } = state;
  if (plannedOn <= today) return ok([]);
  if (reminders.some((r) => r.daysBefore <= daysBefore)) return ok([]);
  const answered = new Set(participants.flatMap((p) => p.siret ?? []));
  const persons = participants.filter((p) => p.seat === 'SEAT').map((p) => p.person);
  const firms = audiences.includes('MANAGERS') ? invited.filter((siret) => !answered.has(siret)) : [];
  if (persons.length + firms.length === 0) return ok([]);
  return ok([
    {
      type: 'fr.gpect.workshops.workshop-reminder-due.v1',
      data: { ...keysOf(state), plannedOn, daysBefore, remindedOn: today, persons, firms },
    },
  ]);
}

function heldEvent(state: Workshop, heldOn: CalendarDate, today: CalendarDate) {
  if (heldOn > today) return fail(inFuture('heldOn', heldOn, 'a workshop is held once its day has come'));
  return ok<Said>({
    type: 'fr.gpect.workshops.workshop-held.v1',
    data: { ...keysOf(state), heldOn, theme: state.theme },
  });
}

const keysOf = ({ programme, action, workshop: id }: Workshop) => ({ programme, action, workshop: id });
