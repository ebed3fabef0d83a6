import { isDeepStrictEqual } from 'node:util';
import { valuesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { DecisionOf, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, tooEarly } from '@gpect/service-kit/aggregate/refusals';

type Decision = DecisionOf<'consulting/assignment'>;

type Recorded = EventDataByType['fr.gpect.consulting.session-recorded.v1'];
export type Session = Omit<Recorded, 'programme' | 'action' | 'basin' | 'siret'>;

/** The stages of the consulting, in their order. Source: bilan 2007-2013, section 4. */
export const STAGES = valuesOf('Stage');

export type SessionCommand =
  | { readonly kind: 'record-session'; readonly session: Session; readonly today: CalendarDate }
  | {
      readonly kind: 'correct-session';
      readonly session: Session;
      readonly reason: string;
      readonly today: CalendarDate;
    }
  | { readonly kind: 'cancel-session'; readonly session: string; readonly reason: string };

/** What these decisions look at of an assignment. */
interface Accompanied {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  readonly status: string;
  readonly enrolledOn: CalendarDate;
  readonly consultant?: string;
  readonly sessions: readonly Session[];
  readonly cancelled?: readonly string[];
}

/** Sessions as they were held, corrected or taken back, each change with its trace. */
export function decideSession(command: SessionCommand, state: Accompanied): Decision {
  switch (command.kind) {
    case 'record-session':
      return recordSession(command.session, command.today, state);
    case 'correct-session':
      return correctSession(command.session, command.reason, command.today, state);
    case 'cancel-session':
      return cancelSession(command.session, command.reason, state);
    default:
      return unreachable(command satisfies never);
  }
}

function recordSession(session: Session, today: CalendarDate, state: Accompanied): Decision {
  const known = state.sessions.find((s) => s.session === session.session);
  if (known) {
    if (isDeepStrictEqual(known, session)) return ok([]);
    return fail({
      code: 'session_differs',
      kind: 'transition',
      field: 'session',
      detail: `session ${session.session} is recorded with other contents; give a new session its own number`,
    });
  }
  if (state.cancelled?.includes(session.session)) return fail(takenBack(session.session));
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
function misfit(session: Session, today: CalendarDate, state: Accompanied): Refusal | undefined {
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

function correctSession(session: Session, reason: string, today: CalendarDate, state: Accompanied): Decision {
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

function cancelSession(session: string, reason: string, state: Accompanied): Decision {
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

const wasOf = ({ heldOn, halfDays, stage, participants }: Session) => ({ heldOn, halfDays, stage, participants });

function notRecorded(session: string, state: Accompanied): Refusal {
  if (state.cancelled?.includes(session)) return takenBack(session);
  return {
    code: 'session_unknown',
    kind: 'unknown',
    field: 'session',
    value: session,
    detail: `no session ${session} was recorded`,
  };
}

function takenBack(session: string): Refusal {
  return {
    code: 'session_cancelled',
    kind: 'transition',
    field: 'session',
    value: session,
    detail: `session ${session} was taken back; give a new session its own number`,
  };
}

const rank = ({ stage }: Session): number => STAGES.indexOf(stage);

const keysOf = ({ programme, action, basin, siret }: Accompanied) => ({ programme, action, basin, siret });

export function sessionOf({ session, consultant, heldOn, halfDays, stage, theme, participants }: Session): Session {
  return { session, consultant, heldOn, halfDays, stage, theme, participants };
}
