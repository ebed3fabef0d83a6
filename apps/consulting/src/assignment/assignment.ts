import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { LifeCycle } from '@gpect/service-kit/aggregate/life-cycle';
import { type ActionPlan, decidePlan, type PlanCommand } from './action-plan.js';
import { type Deliverable, type HandOver, handOver, withDeliverable } from './deliverables.js';
import { decideSession, type Session, type SessionCommand, sessionOf } from './sessions.js';

type Decision = DecisionOf<'consulting/assignment'>;

export interface Assignment {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  readonly enrolledOn: CalendarDate;
  readonly status: 'OPEN' | 'SUSPENDED' | 'COMPLETED' | 'ABANDONED';
  readonly consultant?: string;
  /** Who decided on the consultant, and why. */
  readonly staffing?: { readonly decidedBy?: string; readonly reason?: string };
  readonly sessions: readonly Session[];
  /** Numbers of the sessions that were taken back: none is used again. */
  readonly cancelled?: readonly string[];
  readonly plan?: ActionPlan;
  readonly deliverables?: readonly Deliverable[];
  /** Half-days that the firm may have. */
  readonly budget?: number;
}

type Staffed = EventDataByType['fr.gpect.consulting.assignment-staffed.v1'];
type Opened = EventDataByType['fr.gpect.consulting.assignment-opened.v1'];

export type AssignmentCommand =
  | { readonly kind: 'open'; readonly firm: Opened }
  | {
      readonly kind: 'staff';
      readonly consultant: string;
      readonly staffedOn?: CalendarDate;
      readonly decidedBy?: string;
      readonly reason?: string;
      /** Why the register says that this consultant cannot take it. */
      readonly against?: string | undefined;
    }
  | SessionCommand
  | { readonly kind: 'budget'; readonly halfDays: number; readonly reason?: string }
  | PlanCommand
  | HandOver
  | { readonly kind: 'pause'; readonly suspendedOn: CalendarDate; readonly reason: string }
  | { readonly kind: 'resume'; readonly resumedOn: CalendarDate }
  | { readonly kind: 'close'; readonly outcome: 'COMPLETED' | 'ABANDONED'; readonly closedOn?: CalendarDate };

/** Files arrive late: what was done is recorded on a closed assignment too. */
const ALWAYS = ['OPEN', 'SUSPENDED', 'COMPLETED', 'ABANDONED'] as const;

/** Once it is opened: what is possible in which state, and what comes of it. */
const life = new LifeCycle<'consulting/assignment', Assignment, Exclude<AssignmentCommand, { kind: 'open' }>>(
  'assignment',
  {
    staff: {
      in: ['OPEN', 'SUSPENDED'],
      known: (command, { consultant }) => (consultant === command.consultant ? ok([]) : undefined),
      decide: staff,
      sentence: (_command, { status }) => `the assignment is ${status}; it takes no other consultant`,
    },
    'record-session': { in: ALWAYS, decide: decideSession },
    'correct-session': { in: ALWAYS, decide: decideSession },
    'cancel-session': { in: ALWAYS, decide: decideSession },
    'hand-over': { in: ALWAYS, decide: handOver },
    budget: { in: ALWAYS, decide: budget },
    'agree-plan': { in: ALWAYS, decide: decidePlan },
    'progress-item': { in: ALWAYS, decide: decidePlan },
    // The consulting follows the firm; it is told of by events.
    pause: { in: ['OPEN'], isPassedOver: true, decide: pause },
    resume: { in: ['SUSPENDED'], isPassedOver: true, decide: resume },
    close: { in: ['OPEN', 'SUSPENDED'], isPassedOver: true, decide: close },
  },
);

/**
 * A firm's consulting. Files arrive late, so sessions are recorded on a closed assignment too; what never bends is that
 * the stages go forward along the days on which the sessions were held.
 */
export const assignment: Aggregate<'consulting/assignment', Assignment | null, AssignmentCommand> = {
  collection: 'assignments',
  initial: null,
  decide: (command, state) => {
    if (command.kind === 'open')
      return state ? ok([]) : ok([{ type: 'fr.gpect.consulting.assignment-opened.v1', data: command.firm }]);
    if (!state) {
      return fail({
        code: 'assignment_unknown',
        kind: 'unknown',
        field: 'siret',
        detail:
          'this firm has no assignment: it is not enrolled, or its enrolment has not arrived yet; send it again once it is',
      });
    }
    return life.decide(command, state);
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.consulting.assignment-opened.v1':
        return { ...event.data, status: 'OPEN', sessions: [] };
      case 'fr.gpect.consulting.assignment-staffed.v1':
        return state && staffed(state, event.data);
      case 'fr.gpect.consulting.assignment-suspended.v1':
        return state && { ...state, status: 'SUSPENDED' };
      case 'fr.gpect.consulting.assignment-resumed.v1':
        return state && { ...state, status: 'OPEN' };
      case 'fr.gpect.consulting.deliverable-handed-over.v1':
        return state && { ...state, deliverables: withDeliverable(state.deliverables, event.data) };
      case 'fr.gpect.consulting.session-recorded.v1':
        return state && { ...state, sessions: [...state.sessions, sessionOf(event.data)] };
      case 'fr.gpect.consulting.session-corrected.v1': {
        const corrected = sessionOf(event.data);
        return (
          state && {
            ...state,
            sessions: state.sessions.map((s) => (s.session === corrected.session ? corrected : s)),
          }
        );
      }
      case 'fr.gpect.consulting.session-cancelled.v1': {
        const { session } = event.data;
        return (
          state && {
            ...state,
            sessions: state.sessions.filter((s) => s.session !== session),
            cancelled: [...(state.cancelled ?? []), session],
          }
        );
      }
      case 'fr.gpect.consulting.half-days-budgeted.v1':
        return state && { ...state, budget: event.data.halfDays };
      case 'fr.gpect.consulting.action-plan-agreed.v1': {
        const { version, agreedOn, items } = event.data;
        return state && { ...state, plan: { version, agreedOn, items, progress: state.plan?.progress ?? {} } };
      }
      case 'fr.gpect.consulting.action-plan-item-progressed.v1': {
        const { programme: _p, action: _a, basin: _b, siret: _s, item, theme: _t, ...said } = event.data;
        if (!state?.plan) return state;
        return { ...state, plan: { ...state.plan, progress: { ...state.plan.progress, [item]: said } } };
      }
      case 'fr.gpect.consulting.assignment-closed.v1':
        return state && { ...state, status: event.data.outcome };
      default:
        return unreachable(event satisfies never);
    }
  },
};

function staff(
  { consultant, staffedOn, decidedBy, reason, against }: AssignmentCommand & { kind: 'staff' },
  state: Assignment,
): Decision {
  if (against)
    return fail({ code: 'consultant_unfit', kind: 'rule', field: 'consultant', value: consultant, detail: against });
  return ok([
    {
      type: 'fr.gpect.consulting.assignment-staffed.v1',
      data: {
        ...keysOf(state),
        consultant,
        ...(staffedOn ? { staffedOn } : {}),
        ...(decidedBy ? { decidedBy } : {}),
        ...(reason ? { reason } : {}),
      },
    },
  ]);
}

function pause({ suspendedOn, reason }: AssignmentCommand & { kind: 'pause' }, state: Assignment): Decision {
  const data = { ...keysOf(state), suspendedOn, reason };
  return ok([{ type: 'fr.gpect.consulting.assignment-suspended.v1', data }]);
}

function resume({ resumedOn }: AssignmentCommand & { kind: 'resume' }, state: Assignment): Decision {
  return ok([{ type: 'fr.gpect.consulting.assignment-resumed.v1', data: { ...keysOf(state), resumedOn } }]);
}

function budget({ halfDays, reason }: AssignmentCommand & { kind: 'budget' }, state: Assignment): Decision {
  if (state.budget === halfDays) return ok([]);
  if (state.budget !== undefined && !reason)
    return fail({
      code: 'reason_missing',
      kind: 'rule',
      field: 'reason',
      detail: `the budget is ${state.budget} half-days; say why it changes`,
    });
  return ok([
    {
      type: 'fr.gpect.consulting.half-days-budgeted.v1',
      data: { ...keysOf(state), halfDays, ...(reason ? { reason } : {}) },
    },
  ]);
}

function close({ outcome, closedOn }: AssignmentCommand & { kind: 'close' }, state: Assignment): Decision {
  return ok([
    {
      type: 'fr.gpect.consulting.assignment-closed.v1',
      data: { ...keysOf(state), outcome, ...(closedOn ? { closedOn } : {}) },
    },
  ]);
}

function staffed(state: Assignment, { consultant, decidedBy, reason }: Staffed): Assignment {
  const staffing = { ...(decidedBy ? { decidedBy } : {}), ...(reason ? { reason } : {}) };
  return { ...state, consultant, ...(decidedBy || reason ? { staffing } : {}) };
}

const keysOf = ({ programme, action, basin, siret }: Assignment) => ({ programme, action, basin, siret });
