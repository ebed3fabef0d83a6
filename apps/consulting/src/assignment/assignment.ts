import { isDeepStrictEqual } from 'node:util';
import { valuesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate, Decision, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, tooEarly, transitionForbidden } from '@gpect/service-kit/aggregate/refusals';
import { type ActionPlan, decidePlan, type PlanCommand } from './action-plan.js';

type Recorded = EventDataByType['fr.gpect.consulting.session-recorded.v1'];
export type Session = Omit<Recorded, 'programme' | 'action' | 'basin' | 'siret'>;

/** The stages of the consulting, in their order. Source: bilan 2007-2013, section 4. */
const STAGES = valuesOf('Stage');

export interface Assignment {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  readonly enrolledOn: CalendarDate;
  readonly status: 'OPEN' | 'COMPLETED' | 'ABANDONED';
  readonly consultant?: string;
  readonly sessions: readonly Session[];
  /** Numbers of the sessions that were taken back: none is used again. */
  readonly cancelled?: readonly string[];
  readonly plan?: ActionPlan;
  /** Half-days that the firm may have. */
  readonly budget?: number;
}

type Opened = EventDataByType['fr.gpect.consulting.assignment-opened.v1'];

export type AssignmentCommand =
  | { readonly kind: 'open'; readonly firm: Opened }
  | { readonly kind: 'staff'; readonly consultant: string; readonly staffedOn?: CalendarDate }
  | { readonly kind: 'record-session'; readonly session: Session; readonly today: CalendarDate }
  | {
      readonly kind: 'correct-session';
      readonly session: Session;
      readonly reason: string;
      readonly today: CalendarDate;
    }
  | { readonly kind: 'cancel-session'; readonly session: string; readonly reason: string }
  | { readonly kind: 'budget'; readonly halfDays: number; readonly reason?: string }
  | PlanCommand
  | { readonly kind: 'close'; readonly outcome: 'COMPLETED' | 'ABANDONED'; readonly closedOn?: CalendarDate };

/**
 * A firm's consulting. Files arrive late, so sessions are recorded on a closed assignment too; what never bends is that
 * the stages go forward along the days on which the sessions were held.
 */
export const assignment: Aggregate<Assignment | null, AssignmentCommand> = {
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
    switch (command.kind) {
      case 'staff':
        return staff(command.consultant, command.staffedOn, state);
      case 'record-session':
        return recordSession(command.session, command.today, state);
      case 'correct-session':
        return correctSession(command.session, command.reason, command.today, state);
      case 'cancel-session':
        return cancelSession(command.session, command.reason, state);
      case 'budget':
        return budget(command.halfDays, command.reason, state);
      case 'agree-plan':
      case 'progress-item':
        return decidePlan(command, state);
      case 'close':
        return close(command.outcome, command.closedOn, state);
      default:
        return command satisfies never;
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.consulting.assignment-opened.v1':
        return { ...event.data, status: 'OPEN', sessions: [] };
      case 'fr.gpect.consulting.assignment-staffed.v1':
        return state && { ...state, consultant: event.data.consultant };
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
        return state;
    }
  },
};

function staff(consultant: string, staffedOn: CalendarDate | undefined, state: Assignment): Decision {
  if (state.consultant === consultant) return ok([]);
  if (state.status !== 'OPEN') {
    return fail(
      transitionForbidden(
        state.status,
        ['record-session'],
        `the assignment is ${state.status}; it takes no other consultant`,
      ),
    );
  }
  return ok([
    {
      type: 'fr.gpect.consulting.assignment-staffed.v1',
      data: { ...keysOf(state), consultant, ...(staffedOn ? { staffedOn } : {}) },
    },
  ]);
}

function recordSession(session: Session, today: CalendarDate, state: Assignment): Decision {
  const known = state.sessions.find((s) => s.session === session.session);
  if (known) {
    if (isDeepStrictEqual(known, session)) return ok([]);
    return fail({
      code: 'session_differs',
      kind: 'transition',
      field: 'session',
      state: state.status,
      allowed: ['record-session'],
      detail: `session ${session.session} is recorded with other contents; give a new session its own number`,
    });
  }
  if (state.cancelled?.includes(session.session)) return fail(takenBack(session.session, state));
  const unfit = misfit(session, today, state);
  if (unfit) return fail(unfit);
  const recorded = { type: 'fr.gpect.consulting.session-recorded.v1' as const, data: { ...keysOf(state), ...session } };
  if (state.consultant) return ok([recorded]);
  // The file of sessions is often the first that says who works there.
  return ok([
    { type: 'fr.gpect.consulting.assignment-staffed.v1', data: { ...keysOf(state), consultant: session.consultant } },
    recorded,
  ]);
}

/** Why a session cannot have been held so, beside the others of the firm; undefined where it can. */
function misfit(session: Session, today: CalendarDate, state: Assignment): Refusal | undefined {
  if (session.heldOn > today) return inFuture('heldOn', session.heldOn, 'record a session once it was held');
  if (session.heldOn < state.enrolledOn)
    return tooEarly('heldOn', session.heldOn, `the agreement of ${state.enrolledOn}`);
  const others = state.sessions.filter((s) => s.session !== session.session);
  const ahead = others.find((s) => s.heldOn < session.heldOn && rank(s) > rank(session));
  const behind = others.find((s) => s.heldOn > session.heldOn && rank(s) < rank(session));
  const other = ahead ?? behind;
  return (
    other && {
      code: 'stage_backwards',
      kind: 'transition',
      field: 'stage',
      state: other.stage,
      allowed: STAGES.slice(STAGES.indexOf(other.stage)),
      detail: `stages only go forward: ${session.stage} on ${session.heldOn} does not fit with ${other.stage} on ${other.heldOn} (session ${other.session})`,
    }
  );
}

function correctSession(session: Session, reason: string, today: CalendarDate, state: Assignment): Decision {
  const known = state.sessions.find((s) => s.session === session.session);
  if (!known) return fail(notRecorded(session.session, state));
  if (isDeepStrictEqual(known, session)) return ok([]);
  const unfit = misfit(session, today, state);
  if (unfit) return fail(unfit);
  return ok([
    {
      type: 'fr.gpect.consulting.session-corrected.v1',
      data: { ...keysOf(state), ...session, was: wasOf(known), reason },
    },
  ]);
}

function cancelSession(session: string, reason: string, state: Assignment): Decision {
  if (state.cancelled?.includes(session)) return ok([]);
  const known = state.sessions.find((s) => s.session === session);
  if (!known) return fail(notRecorded(session, state));
  return ok([
    {
      type: 'fr.gpect.consulting.session-cancelled.v1',
      data: { ...keysOf(state), session, was: wasOf(known), reason },
    },
  ]);
}

function budget(halfDays: number, reason: string | undefined, state: Assignment): Decision {
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

const wasOf = ({ heldOn, halfDays, participants }: Session) => ({ heldOn, halfDays, participants });

function notRecorded(session: string, state: Assignment): Refusal {
  if (state.cancelled?.includes(session)) return takenBack(session, state);
  return {
    code: 'session_unknown',
    kind: 'unknown',
    field: 'session',
    value: session,
    detail: `no session ${session} was recorded`,
  };
}

function takenBack(session: string, { status }: Assignment): Refusal {
  return {
    code: 'session_cancelled',
    kind: 'transition',
    field: 'session',
    value: session,
    state: status,
    allowed: ['record-session'],
    detail: `session ${session} was taken back; give a new session its own number`,
  };
}

function close(outcome: 'COMPLETED' | 'ABANDONED', closedOn: CalendarDate | undefined, state: Assignment): Decision {
  if (state.status !== 'OPEN') return ok([]);
  return ok([
    {
      type: 'fr.gpect.consulting.assignment-closed.v1',
      data: { ...keysOf(state), outcome, ...(closedOn ? { closedOn } : {}) },
    },
  ]);
}

const rank = ({ stage }: Session): number => STAGES.indexOf(stage);

const keysOf = ({ programme, action, basin, siret }: Assignment) => ({ programme, action, basin, siret });

function sessionOf({ session, consultant, heldOn, halfDays, stage, theme, participants }: Session): Session {
  return { session, consultant, heldOn, halfDays, stage, theme, participants };
}
