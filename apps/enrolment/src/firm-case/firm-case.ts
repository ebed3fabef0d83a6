import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { type MaturityScores, maturityTotal } from '@gpect/domain-values/maturity';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate, Decision, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { commandForbidden, inFuture, tooEarly } from '@gpect/service-kit/aggregate/refusals';
import { type Contact, decideRhythm, type Move, type RhythmCommand } from './rhythm.js';

type Detected = EventDataByType['fr.gpect.enrolment.firm-detected.v1'];
type Qualified = EventDataByType['fr.gpect.enrolment.firm-qualified.v1'];
type Contacted = EventDataByType['fr.gpect.enrolment.firm-contacted.v1'];
type Enrolled = EventDataByType['fr.gpect.enrolment.firm-enrolled.v1'];

export type Status =
  | 'DETECTED'
  | 'QUALIFIED'
  | 'NOT_MATURE'
  | 'INELIGIBLE'
  | 'DEFERRED'
  | 'ENROLLED'
  | 'SUSPENDED'
  | 'DECLINED'
  | 'COMPLETED'
  | 'ABANDONED';

/** What the programme and the action say about a case; part of the commands that look at it. */
export interface Rules {
  readonly headcountCeiling: number;
  readonly maturityThreshold: number;
}

export interface FirmCase extends Detected {
  readonly status: Status;
  readonly scores?: MaturityScores;
  readonly enrolledOn?: CalendarDate;
  readonly completedOn?: CalendarDate;
  readonly contacts?: readonly Contact[];
  readonly moves?: readonly Move[];
  /** Where a deferred firm goes on. */
  readonly resumesTo?: 'DETECTED' | 'QUALIFIED';
  readonly signatories?: Enrolled['signatories'];
  readonly left?: { readonly on?: CalendarDate; readonly reason?: string };
}

export type FirmCommand =
  | {
      readonly kind: 'detect';
      readonly firm: Detected;
      readonly actionBasins: readonly string[];
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'qualify';
      readonly scores: MaturityScores;
      readonly qualifiedOn?: CalendarDate;
      readonly qualifiedBy?: string;
      readonly justifications?: Qualified['justifications'];
      readonly rules: Rules;
    }
  | {
      readonly kind: 'sign';
      readonly signedOn: CalendarDate;
      readonly signatories?: Enrolled['signatories'];
      readonly today: CalendarDate;
    }
  | { readonly kind: 'decline'; readonly declinedOn?: CalendarDate; readonly reason?: string }
  | { readonly kind: 'complete'; readonly completedOn: CalendarDate; readonly today: CalendarDate }
  | { readonly kind: 'abandon'; readonly abandonedOn?: CalendarDate; readonly reason?: string }
  | RhythmCommand;

/** What can be done in each state; everything else is forbidden. */
export const ALLOWED: Readonly<Record<Status, readonly FirmCommand['kind'][]>> = {
  DETECTED: ['qualify', 'contact', 'defer'],
  QUALIFIED: ['sign', 'decline', 'contact', 'defer'],
  NOT_MATURE: ['contact'],
  INELIGIBLE: ['contact'],
  DEFERRED: ['contact', 'resume'],
  ENROLLED: ['complete', 'abandon', 'contact', 'suspend'],
  SUSPENDED: ['abandon', 'contact', 'resume'],
  DECLINED: [],
  COMPLETED: [],
  ABANDONED: [],
};

/**
 * A firm's case in one programme: from its detection to the end of its accompaniment.
 * A command whose effect is there already, to the letter, causes nothing: a file can be sent twice.
 */
export const firmCase: Aggregate<FirmCase | null, FirmCommand> = {
  collection: 'firm_cases',
  initial: null,
  decide,
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.enrolment.firm-detected.v1':
        return { ...event.data, status: 'DETECTED' };
      case 'fr.gpect.enrolment.firm-qualified.v1':
        return state && { ...state, status: 'QUALIFIED', scores: event.data.scores };
      case 'fr.gpect.enrolment.firm-found-not-mature.v1':
        return state && { ...state, status: 'NOT_MATURE', scores: event.data.scores };
      case 'fr.gpect.enrolment.firm-found-ineligible.v1':
        return state && { ...state, status: 'INELIGIBLE' };
      case 'fr.gpect.enrolment.firm-enrolled.v1':
        return state && enrolled(state, event.data);
      case 'fr.gpect.enrolment.firm-contacted.v1':
        return state && { ...state, contacts: [...(state.contacts ?? []), contactOf(event.data)] };
      case 'fr.gpect.enrolment.firm-deferred.v1':
        return state && moved(state, { move: 'DEFERRED', on: event.data.deferredOn, ...wakeUp(event.data) });
      case 'fr.gpect.enrolment.firm-suspended.v1':
        return state && moved(state, { move: 'SUSPENDED', on: event.data.suspendedOn, ...wakeUp(event.data) });
      case 'fr.gpect.enrolment.firm-resumed.v1': {
        const { resumedOn, reason } = event.data;
        return state && moved(state, { move: 'RESUMED', on: resumedOn, ...(reason ? { reason } : {}) });
      }
      case 'fr.gpect.enrolment.firm-declined.v1':
        return state && { ...state, status: 'DECLINED', left: leaving(event.data.declinedOn, event.data.reason) };
      case 'fr.gpect.enrolment.firm-completed.v1':
        return state && { ...state, status: 'COMPLETED', completedOn: event.data.completedOn };
      case 'fr.gpect.enrolment.firm-abandoned.v1':
        return state && { ...state, status: 'ABANDONED', left: leaving(event.data.abandonedOn, event.data.reason) };
      default:
        return state;
    }
  },
};

function decide(command: FirmCommand, state: FirmCase | null): Decision {
  if (command.kind === 'detect') return detect(command, state);
  if (!state)
    return fail({
      code: 'firm_unknown',
      kind: 'unknown',
      field: 'siret',
      detail: 'this firm was not detected in this programme; detect it first',
    });
  switch (command.kind) {
    case 'qualify':
      return qualify(command, state);
    case 'sign':
      return sign(command, state);
    case 'decline':
      return decline(command, state);
    case 'complete':
      return complete(command, state);
    case 'abandon':
      return abandon(command, state);
    case 'contact':
    case 'defer':
    case 'suspend':
    case 'resume':
      return decideRhythm(command, state, () => forbidden(command.kind, state));
    default:
      return command satisfies never;
  }
}

function detect({ firm, actionBasins, today }: FirmCommand & { kind: 'detect' }, state: FirmCase | null): Decision {
  if (state) {
    const before = detectionOf(state);
    if (isDeepStrictEqual(before, firm)) return ok([]);
    const fields = Object.keys({ ...before, ...firm }) as (keyof Detected)[];
    const field = fields.find((name) => before[name] !== firm[name]) ?? 'siret';
    return fail({
      code: 'already_detected',
      kind: 'transition',
      field,
      state: state.status,
      allowed: ALLOWED[state.status],
      detail: `one SIRET is one case in a programme: it was detected on ${before.detectedOn} in action ${before.action} with ${field} "${before[field] ?? ''}"`,
    });
  }
  if (!actionBasins.includes(firm.basin)) {
    return fail({
      code: 'basin_unknown',
      kind: 'rule',
      field: 'basin',
      detail: `${firm.basin} is not a basin of action ${firm.action} (${actionBasins.join(', ')})`,
    });
  }
  if (firm.detectedOn > today)
    return fail(inFuture('detectedOn', firm.detectedOn, 'give the day on which it happened'));
  return ok([{ type: 'fr.gpect.enrolment.firm-detected.v1', data: firm }]);
}

function qualify(
  { scores, qualifiedOn, qualifiedBy, justifications, rules }: FirmCommand & { kind: 'qualify' },
  state: FirmCase,
): Decision {
  const known = state.scores ? isDeepStrictEqual({ ...state.scores }, { ...scores }) : state.status === 'INELIGIBLE';
  if (known) return ok([]);
  if (state.status !== 'DETECTED') return fail(forbidden('qualify', state));
  const on = qualifiedOn ? { qualifiedOn } : {};
  const { headcount } = state;
  if (headcount > rules.headcountCeiling) {
    const reasons = [`${headcount} employees is above the ceiling of ${rules.headcountCeiling}`];
    return ok([
      {
        type: 'fr.gpect.enrolment.firm-found-ineligible.v1',
        data: { ...keysOf(state), headcount, ceiling: rules.headcountCeiling, reasons, ...on },
      },
    ]);
  }
  const total = maturityTotal(scores);
  const why = { ...(qualifiedBy ? { qualifiedBy } : {}), ...(justifications ? { justifications } : {}) };
  const data = { ...keysOf(state), headcount, scores, total, threshold: rules.maturityThreshold, ...on, ...why };
  if (total >= rules.maturityThreshold) return ok([{ type: 'fr.gpect.enrolment.firm-qualified.v1', data }]);
  const reasons = [`maturity ${total} is below the threshold of ${rules.maturityThreshold}`];
  return ok([{ type: 'fr.gpect.enrolment.firm-found-not-mature.v1', data: { ...data, reasons } }]);
}

function sign({ signedOn, signatories, today }: FirmCommand & { kind: 'sign' }, state: FirmCase): Decision {
  if (state.enrolledOn === signedOn) return ok([]);
  if (state.status !== 'QUALIFIED') return fail(forbidden('sign', state));
  if (signedOn > today) return fail(inFuture('enrolledOn', signedOn, 'give the day on which it happened'));
  if (signedOn < state.detectedOn)
    return fail(tooEarly('enrolledOn', signedOn, `the detection on ${state.detectedOn}`));
  return ok([
    {
      type: 'fr.gpect.enrolment.firm-enrolled.v1',
      data: {
        ...keysOf(state),
        name: state.name,
        headcount: state.headcount,
        enrolledOn: signedOn,
        ...(signatories ? { signatories } : {}),
      },
    },
  ]);
}

function decline({ declinedOn, reason }: FirmCommand & { kind: 'decline' }, state: FirmCase): Decision {
  const left = leaving(declinedOn, reason);
  if (state.status === 'DECLINED' && isDeepStrictEqual(state.left, left)) return ok([]);
  if (state.status !== 'QUALIFIED') return fail(forbidden('decline', state));
  return ok([
    {
      type: 'fr.gpect.enrolment.firm-declined.v1',
      data: { ...keysOf(state), ...(declinedOn ? { declinedOn } : {}), ...(reason ? { reason } : {}) },
    },
  ]);
}

function complete({ completedOn, today }: FirmCommand & { kind: 'complete' }, state: FirmCase): Decision {
  if (state.completedOn === completedOn) return ok([]);
  if (state.status !== 'ENROLLED' || !state.enrolledOn) return fail(forbidden('complete', state));
  if (completedOn > today) return fail(inFuture('completedOn', completedOn, 'give the day on which it happened'));
  if (completedOn < state.enrolledOn)
    return fail(tooEarly('completedOn', completedOn, `the agreement of ${state.enrolledOn}`));
  return ok([
    {
      type: 'fr.gpect.enrolment.firm-completed.v1',
      data: { ...keysOf(state), enrolledOn: state.enrolledOn, completedOn },
    },
  ]);
}

function abandon({ abandonedOn, reason }: FirmCommand & { kind: 'abandon' }, state: FirmCase): Decision {
  const left = leaving(abandonedOn, reason);
  if (state.status === 'ABANDONED' && isDeepStrictEqual(state.left, left)) return ok([]);
  if (!['ENROLLED', 'SUSPENDED'].includes(state.status) || !state.enrolledOn) return fail(forbidden('abandon', state));
  if (abandonedOn && abandonedOn < state.enrolledOn)
    return fail(tooEarly('abandonedOn', abandonedOn, `the agreement of ${state.enrolledOn}`));
  return ok([
    {
      type: 'fr.gpect.enrolment.firm-abandoned.v1',
      data: {
        ...keysOf(state),
        enrolledOn: state.enrolledOn,
        ...(abandonedOn ? { abandonedOn } : {}),
        ...(reason ? { reason } : {}),
      },
    },
  ]);
}

function enrolled(state: FirmCase, { enrolledOn, signatories }: Enrolled): FirmCase {
  return { ...state, status: 'ENROLLED', enrolledOn, ...(signatories ? { signatories } : {}) };
}

function contactOf({ programme: _p, action: _a, basin: _b, siret: _s, ...contact }: Contacted): Contact {
  return contact;
}

const wakeUp = ({ wakeUpOn, reason }: { wakeUpOn: CalendarDate; reason: string }) => ({ wakeUpOn, reason });

/** A deferred firm comes back to where it was; a suspended one to its accompaniment. */
function moved(state: FirmCase, move: Move): FirmCase {
  const { resumesTo, ...rest } = state;
  const moves = [...(state.moves ?? []), move];
  if (move.move === 'RESUMED') return { ...rest, moves, status: resumesTo ?? 'ENROLLED' };
  if (move.move === 'SUSPENDED') return { ...rest, moves, status: 'SUSPENDED' };
  return { ...rest, moves, status: 'DEFERRED', resumesTo: state.status === 'QUALIFIED' ? 'QUALIFIED' : 'DETECTED' };
}

const keysOf = ({ programme, action, basin, siret }: Detected) => ({ programme, action, basin, siret });

function detectionOf(state: FirmCase): Detected {
  const {
    status: _status,
    scores: _scores,
    enrolledOn: _enrolled,
    completedOn: _completed,
    left: _left,
    contacts: _contacts,
    moves: _moves,
    resumesTo: _resumesTo,
    signatories: _signatories,
    ...detection
  } = state;
  return detection;
}

function leaving(on: CalendarDate | undefined, reason: string | undefined): NonNullable<FirmCase['left']> {
  return { ...(on ? { on } : {}), ...(reason ? { reason } : {}) };
}

function forbidden(command: FirmCommand['kind'], { status }: FirmCase): Refusal {
  return commandForbidden(command, 'firm', status, ALLOWED[status]);
}
