import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType, Values } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import type { MaturityScores } from '@gpect/domain-values/maturity';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { LifeCycle } from '@gpect/service-kit/aggregate/life-cycle';
import { inFuture, notKnown, tooEarly } from '@gpect/service-kit/aggregate/refusals';
import { type Detected, type DetectFirm, type Detection, detect, detectionOf } from './detection.js';
import { type FurtherScores, type QualifyFirm, qualifying } from './qualification.js';
import { type Contact, contacting, deferring, type Move, type RhythmCommand, resuming, suspending } from './rhythm.js';

type Decision = DecisionOf<'enrolment/firm case'>;

type Contacted = EventDataByType['fr.gpect.enrolment.firm-contacted.v2'];
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
  | 'ABANDONED'
  | 'MERGED';

export interface FirmCase extends Detected {
  readonly status: Status;
  readonly scores?: MaturityScores;
  readonly furtherScores?: FurtherScores;
  /** Those who detected it after the first. */
  readonly again?: readonly Detection[];
  /** The case that goes on for this one. */
  readonly mergedInto?: string;
  readonly enrolledOn?: CalendarDate;
  readonly completedOn?: CalendarDate;
  readonly contacts?: readonly Contact[];
  readonly moves?: readonly Move[];
  /** Where a deferred firm goes on. */
  readonly resumesTo?: 'DETECTED' | 'QUALIFIED';
  readonly signatories?: Enrolled['signatories'];
  readonly left?: Departure;
}

/** When and why a firm declined or left. */
interface Departure {
  readonly on?: CalendarDate;
  readonly reason?: string;
  readonly reasonKind?: Values['Reason'];
}

export type FirmCommand =
  | DetectFirm
  | QualifyFirm
  | {
      readonly kind: 'sign';
      readonly signedOn: CalendarDate;
      readonly signatories?: Enrolled['signatories'];
      readonly today: CalendarDate;
    }
  | ({ readonly kind: 'decline'; readonly declinedOn?: CalendarDate } & Omit<Departure, 'on'>)
  | { readonly kind: 'complete'; readonly completedOn: CalendarDate; readonly today: CalendarDate }
  | ({ readonly kind: 'abandon'; readonly abandonedOn?: CalendarDate } & Omit<Departure, 'on'>)
  | {
      readonly kind: 'merge';
      readonly into: string;
      readonly mergedOn: CalendarDate;
      readonly reason: string;
      /** Status of the case that goes on; undefined where there is none. */
      readonly goesOn: Status | undefined;
      readonly today: CalendarDate;
    }
  | RhythmCommand;

/** Once it is detected: what is possible in which state, and what comes of it. Everything else is forbidden. */
const life = new LifeCycle<'enrolment/firm case', FirmCase, Exclude<FirmCommand, DetectFirm>>('firm', {
  qualify: { in: ['DETECTED'], ...qualifying },
  sign: {
    in: ['QUALIFIED'],
    known: ({ signedOn }, { enrolledOn }) => (enrolledOn === signedOn ? ok([]) : undefined),
    decide: sign,
  },
  decline: {
    in: ['QUALIFIED'],
    known: (command, state) => leftSo(state, 'DECLINED', leaving(command.declinedOn, command)),
    decide: decline,
  },
  complete: {
    in: ['ENROLLED'],
    known: (command, { completedOn }) => (completedOn === command.completedOn ? ok([]) : undefined),
    decide: complete,
  },
  abandon: {
    in: ['ENROLLED', 'SUSPENDED'],
    known: (command, state) => leftSo(state, 'ABANDONED', leaving(command.abandonedOn, command)),
    decide: abandon,
  },
  contact: {
    in: ['DETECTED', 'QUALIFIED', 'NOT_MATURE', 'INELIGIBLE', 'DEFERRED', 'ENROLLED', 'SUSPENDED'],
    ...contacting,
  },
  defer: { in: ['DETECTED', 'QUALIFIED'], ...deferring },
  suspend: { in: ['ENROLLED'], ...suspending },
  resume: { in: ['DEFERRED', 'SUSPENDED'], ...resuming },
  merge: {
    in: ['DETECTED', 'QUALIFIED', 'NOT_MATURE', 'INELIGIBLE', 'DEFERRED', 'DECLINED'],
    known: ({ into }, { mergedInto }) => (mergedInto === into ? ok([]) : undefined),
    decide: merge,
  },
});

export const allowedIn = (status: Status): FirmCommand['kind'][] => life.allowed(status);

/**
 * A firm's case in one programme: from its detection to the end of its accompaniment.
 * A command whose effect is there already, to the letter, causes nothing: a file can be sent twice.
 */
export const firmCase: Aggregate<'enrolment/firm case', FirmCase | null, FirmCommand> = {
  collection: 'firm_cases',
  initial: null,
  decide,
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.enrolment.firm-detected.v1':
        return { ...event.data, status: 'DETECTED' };
      case 'fr.gpect.enrolment.firm-qualified.v1':
        return state && { ...state, status: 'QUALIFIED', ...scored(event.data) };
      case 'fr.gpect.enrolment.firm-found-not-mature.v1':
        return state && { ...state, status: 'NOT_MATURE', ...scored(event.data) };
      case 'fr.gpect.enrolment.firm-detected-again.v1':
        return state && { ...state, again: [...(state.again ?? []), detectionOf(event.data)] };
      case 'fr.gpect.enrolment.firm-case-merged.v1':
        return state && { ...state, status: 'MERGED', mergedInto: event.data.into };
      case 'fr.gpect.enrolment.firm-found-ineligible.v1':
        return state && { ...state, status: 'INELIGIBLE' };
      case 'fr.gpect.enrolment.firm-enrolled.v1':
        return state && enrolled(state, event.data);
      case 'fr.gpect.enrolment.firm-contacted.v2':
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
        return state && { ...state, status: 'DECLINED', left: leaving(event.data.declinedOn, event.data) };
      case 'fr.gpect.enrolment.firm-completed.v1':
        return state && { ...state, status: 'COMPLETED', completedOn: event.data.completedOn };
      case 'fr.gpect.enrolment.firm-abandoned.v1':
        return state && { ...state, status: 'ABANDONED', left: leaving(event.data.abandonedOn, event.data) };
      default:
        return unreachable(event satisfies never);
    }
  },
};

function decide(command: FirmCommand, state: FirmCase | null): Decision {
  if (command.kind === 'detect') return detect(command, state ? knownOf(state) : undefined);
  if (!state)
    return fail({
      code: 'firm_unknown',
      kind: 'unknown',
      field: 'siret',
      detail: 'this firm was not detected in this programme; detect it first',
    });
  return life.decide(command, state);
}

/** A case that nothing was built on ends in favour of another, which alone is counted. */
function merge({ into, mergedOn, reason, goesOn, today }: FirmCommand & { kind: 'merge' }, state: FirmCase): Decision {
  if (into === state.siret || !goesOn || goesOn === 'MERGED')
    return fail(notKnown('into', into, 'there is no other case under this SIRET in the programme that could go on'));
  if (mergedOn > today) return fail(inFuture('mergedOn', mergedOn, 'give the day on which it was decided'));
  if (mergedOn < state.detectedOn) return fail(tooEarly('mergedOn', mergedOn, `the detection on ${state.detectedOn}`));
  const type = 'fr.gpect.enrolment.firm-case-merged.v1';
  return ok([{ type, data: { ...keysOf(state), into, mergedOn, reason } }]);
}

function sign({ signedOn, signatories, today }: FirmCommand & { kind: 'sign' }, state: FirmCase): Decision {
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

function decline({ declinedOn, ...why }: FirmCommand & { kind: 'decline' }, state: FirmCase): Decision {
  return ok([
    {
      type: 'fr.gpect.enrolment.firm-declined.v1',
      data: { ...keysOf(state), ...(declinedOn ? { declinedOn } : {}), ...whyOf(why) },
    },
  ]);
}

function complete({ completedOn, today }: FirmCommand & { kind: 'complete' }, state: FirmCase): Decision {
  const enrolledOn = enrolmentOf(state);
  if (completedOn > today) return fail(inFuture('completedOn', completedOn, 'give the day on which it happened'));
  if (completedOn < enrolledOn) return fail(tooEarly('completedOn', completedOn, `the agreement of ${enrolledOn}`));
  return ok([
    {
      type: 'fr.gpect.enrolment.firm-completed.v1',
      data: { ...keysOf(state), enrolledOn, completedOn },
    },
  ]);
}

function abandon({ abandonedOn, ...why }: FirmCommand & { kind: 'abandon' }, state: FirmCase): Decision {
  const enrolledOn = enrolmentOf(state);
  if (abandonedOn && abandonedOn < enrolledOn)
    return fail(tooEarly('abandonedOn', abandonedOn, `the agreement of ${enrolledOn}`));
  return ok([
    {
      type: 'fr.gpect.enrolment.firm-abandoned.v1',
      data: {
        ...keysOf(state),
        enrolledOn,
        ...(abandonedOn ? { abandonedOn } : {}),
        ...whyOf(why),
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

const wakeUp = ({ wakeUpOn, ...why }: { wakeUpOn: CalendarDate } & Omit<Departure, 'on'>) => ({
  wakeUpOn,
  ...whyOf(why),
});

/** A deferred firm comes back to where it was; a suspended one to its accompaniment. */
function moved(state: FirmCase, move: Move): FirmCase {
  const { resumesTo, ...rest } = state;
  const moves = [...(state.moves ?? []), move];
  if (move.move === 'RESUMED') return { ...rest, moves, status: resumesTo ?? 'ENROLLED' };
  if (move.move === 'SUSPENDED') return { ...rest, moves, status: 'SUSPENDED' };
  return { ...rest, moves, status: 'DEFERRED', resumesTo: state.status === 'QUALIFIED' ? 'QUALIFIED' : 'DETECTED' };
}

const keysOf = ({ programme, action, basin, siret }: Detected) => ({ programme, action, basin, siret });

const knownOf = (state: FirmCase) => ({
  first: firstDetection(state),
  again: state.again ?? [],
  status: state.status,
  allowed: allowedIn(state.status),
});

function scored({ scores, furtherScores }: { scores: MaturityScores; furtherScores?: FurtherScores }) {
  return { scores, ...(furtherScores ? { furtherScores } : {}) };
}

function firstDetection(state: FirmCase): Detected {
  const { programme, action, basin, siret, name, commune, naf, headcount } = state;
  return {
    programme,
    action,
    basin,
    siret,
    name,
    ...(commune ? { commune } : {}),
    naf,
    headcount,
    ...detectionOf(state),
  };
}

const leaving = (on: CalendarDate | undefined, why: Omit<Departure, 'on'>): Departure => ({
  ...(on ? { on } : {}),
  ...whyOf(why),
});

const whyOf = ({ reason, reasonKind }: Omit<Departure, 'on'>): Omit<Departure, 'on'> => ({
  ...(reason ? { reason } : {}),
  ...(reasonKind ? { reasonKind } : {}),
});

/** The same departure once more: nothing happens. */
function leftSo({ status, left }: FirmCase, as: Status, said: Departure) {
  return status === as && isDeepStrictEqual(left, said) ? ok([]) : undefined;
}

function enrolmentOf({ enrolledOn }: FirmCase): CalendarDate {
  if (!enrolledOn) throw new Error('a firm that is accompanied was enrolled on a day');
  return enrolledOn;
}
