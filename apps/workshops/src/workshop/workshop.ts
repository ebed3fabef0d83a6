import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate, Decision, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { commandForbidden, inFuture } from '@gpect/service-kit/aggregate/refusals';
import type { DomainEvent } from '@gpect/service-kit/events/event';

type Planned = EventDataByType['fr.gpect.workshops.workshop-scheduled.v1'];
export type Attendance = 'PRESENT' | 'ABSENT';

export interface Workshop extends Planned {
  readonly status: 'PLANNED' | 'HELD' | 'CANCELLED';
  readonly heldOn?: CalendarDate;
  readonly attendance: Readonly<Record<string, Attendance>>;
}

export type WorkshopCommand =
  | { readonly kind: 'plan'; readonly workshop: Planned; readonly actionKnown: boolean }
  | { readonly kind: 'hold'; readonly heldOn?: CalendarDate; readonly today: CalendarDate }
  | { readonly kind: 'cancel'; readonly cancelledOn?: CalendarDate; readonly reason?: string }
  | {
      readonly kind: 'record-attendance';
      readonly siret: string;
      readonly attendance: Attendance;
      readonly firmAction: string | undefined;
      readonly today: CalendarDate;
    };

const ALLOWED: Readonly<Record<Workshop['status'], readonly WorkshopCommand['kind'][]>> = {
  PLANNED: ['hold', 'cancel', 'record-attendance'],
  HELD: ['record-attendance'],
  CANCELLED: [],
};

/** A collective workshop (animation collective) of an action, from its plan to who came. */
export const workshop: Aggregate<Workshop | null, WorkshopCommand> = {
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
    switch (command.kind) {
      case 'hold':
        return hold(command, state);
      case 'cancel':
        return cancel(command, state);
      case 'record-attendance':
        return recordAttendance(command, state);
      default:
        return command satisfies never;
    }
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
      default:
        return state;
    }
  },
};

function plan(
  { workshop: planned, actionKnown }: WorkshopCommand & { kind: 'plan' },
  state: Workshop | null,
): Decision {
  if (state) {
    const { status, heldOn: _heldOn, attendance: _attendance, ...before } = state;
    if (isDeepStrictEqual(before, planned)) return ok([]);
    return fail({
      code: 'workshop_differs',
      kind: 'transition',
      field: 'workshop',
      state: status,
      allowed: ALLOWED[status],
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
  return ok([{ type: 'fr.gpect.workshops.workshop-scheduled.v1', data: planned }]);
}

function hold({ heldOn, today }: WorkshopCommand & { kind: 'hold' }, state: Workshop): Decision {
  if (state.status === 'HELD') return ok([]);
  if (state.status === 'CANCELLED') return fail(forbidden('hold', state));
  const held = heldEvent(state, heldOn ?? state.plannedOn, today);
  return held.ok ? ok([held.value]) : held;
}

function cancel({ cancelledOn, reason }: WorkshopCommand & { kind: 'cancel' }, state: Workshop): Decision {
  if (state.status === 'CANCELLED') return ok([]);
  if (state.status === 'HELD') return fail(forbidden('cancel', state));
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
  if (state.status === 'CANCELLED') return fail(forbidden('record-attendance', state));
  const known = state.attendance[siret];
  if (known === attendance) return ok([]);
  if (known) {
    return fail({
      code: 'attendance_differs',
      kind: 'transition',
      field: 'attendance',
      state: state.status,
      allowed: ALLOWED[state.status],
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

function heldEvent(state: Workshop, heldOn: CalendarDate, today: CalendarDate) {
  if (heldOn > today) return fail(inFuture('heldOn', heldOn, 'a workshop is held once its day has come'));
  return ok<DomainEvent>({
    type: 'fr.gpect.workshops.workshop-held.v1',
    data: { ...keysOf(state), heldOn, theme: state.theme },
  });
}

const keysOf = ({ programme, action, workshop: id }: Workshop) => ({ programme, action, workshop: id });

function forbidden(command: WorkshopCommand['kind'], { status }: Workshop): Refusal {
  return commandForbidden(command, 'workshop', status, ALLOWED[status]);
}
