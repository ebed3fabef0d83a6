import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, notKnown, saidOtherwise, transitionForbidden } from '@gpect/service-kit/aggregate/refusals';

type Decision = DecisionOf<'workshops/workshop'>;

type Keys = 'programme' | 'action' | 'workshop';
type Registered = Omit<EventDataByType['fr.gpect.workshops.participant-registered.v1'], Keys>;
type Feedback = Omit<EventDataByType['fr.gpect.workshops.workshop-feedback-given.v1'], Keys>;
type Attended = Omit<EventDataByType['fr.gpect.workshops.person-attendance-recorded.v1'], Keys>;

/** Somebody registered, or added on the day; `LATE` never had a seat, `WITHDRAWN` gave it back. */
export interface Participant extends Omit<Registered, 'seat' | 'registeredOn'> {
  readonly seat: 'SEAT' | 'WAITING' | 'LATE' | 'WITHDRAWN';
  readonly attendance?: Attended['attendance'];
  readonly feedback?: Feedback;
}

export type ParticipantCommand =
  | {
      readonly kind: 'register';
      readonly participant: Omit<Registered, 'seat'>;
      /** Id of the action that the person's firm is enrolled in. */
      readonly firmAction: string | undefined;
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'withdraw';
      readonly person: string;
      readonly withdrewOn: CalendarDate;
      readonly reason?: string;
      readonly today: CalendarDate;
    }
  | { readonly kind: 'give-feedback'; readonly feedback: Feedback; readonly today: CalendarDate };

/** What these decisions look at of a workshop. */
export interface Seated {
  readonly programme: string;
  readonly action: string;
  readonly workshop: string;
  readonly status: 'PLANNED' | 'HELD' | 'CANCELLED';
  readonly plannedOn: CalendarDate;
  readonly heldOn?: CalendarDate;
  readonly capacity?: number;
  readonly audiences?: readonly Participant['audience'][];
  readonly participants?: readonly Participant[];
}

type Of<Kind extends ParticipantCommand['kind']> = Extract<ParticipantCommand, { readonly kind: Kind }>;

const personOf = ({ participants = [] }: Seated, person: string) => participants.find((p) => p.person === person);

export const registering = {
  known: ({ participant }: Of<'register'>, state: Seated) => {
    const known = personOf(state, participant.person);
    if (!known || known.seat === 'WITHDRAWN') return undefined;
    const { registeredOn: _on, ...who } = participant;
    if (isDeepStrictEqual(whoOf(known), who)) return ok([]);
    return fail(saidOtherwise('person', participant.person, { state: known.seat }));
  },
  sentence: (_command: Of<'register'>, { status }: Seated) => `the workshop is ${status}; nobody can register`,
  decide: ({ participant, firmAction, today }: Of<'register'>, state: Seated): Decision => {
    const { registeredOn, ...who } = participant;
    if (registeredOn > today) return fail(inFuture('registeredOn', registeredOn, 'give the day of the registration'));
    const unfit = misplaced(who, firmAction, state);
    if (unfit) return fail(unfit);
    const seat = isFull(state) ? 'WAITING' : 'SEAT';
    return ok([
      { type: 'fr.gpect.workshops.participant-registered.v1', data: { ...keysOf(state), ...participant, seat } },
    ]);
  },
};

/** Why somebody does not belong in a workshop; undefined where he or she does. */
export function misplaced(
  { audience, siret }: Pick<Participant, 'audience' | 'siret'>,
  firmAction: string | undefined,
  { programme, action, audiences = ['MANAGERS'] }: Seated,
): Refusal | undefined {
  if (!audiences.includes(audience))
    return {
      code: 'audience_not_invited',
      kind: 'rule',
      field: 'audience',
      value: audience,
      detail: `${audience}: the workshop is for ${audiences.join(', ')}`,
    };
  if (audience === 'MANAGERS' && !siret)
    return { code: 'siret_missing', kind: 'rule', field: 'siret', detail: 'give the SIRET of the manager’s firm' };
  if (siret && firmAction !== `${programme}/${action}`)
    return {
      code: 'firm_not_enrolled',
      kind: 'unknown',
      field: 'siret',
      value: siret,
      detail: `${siret} is not enrolled in action ${action}, or its enrolment has not arrived yet; send it again once it is`,
    };
  return undefined;
}

const seatsTaken = ({ participants = [] }: Seated) => participants.filter((p) => p.seat === 'SEAT').length;
const isFull = (state: Seated) => state.capacity !== undefined && seatsTaken(state) >= state.capacity;

/** The seat goes to the first of the waiting list at once. */
export const withdrawing = {
  known: ({ person }: Of<'withdraw'>, state: Seated) => {
    const known = personOf(state, person);
    if (!known) return fail(notRegistered(person));
    if (known.seat === 'WITHDRAWN') return ok([]);
    return known.attendance ? fail(tooLateToWithdraw(state)) : undefined;
  },
  sentence: (_command: Of<'withdraw'>, { status }: Seated) => `the workshop is ${status}; nobody can withdraw`,
  decide: ({ person, withdrewOn, reason, today }: Of<'withdraw'>, state: Seated): Decision => {
    if (withdrewOn > today) return fail(inFuture('withdrewOn', withdrewOn, 'give the day on which it was said'));
    const next =
      personOf(state, person)?.seat === 'SEAT' ? state.participants?.find((p) => p.seat === 'WAITING') : undefined;
    const keys = keysOf(state);
    return ok([
      {
        type: 'fr.gpect.workshops.participant-withdrew.v1',
        data: { ...keys, person, withdrewOn, ...(reason ? { reason } : {}) },
      },
      ...(next
        ? [
            {
              type: 'fr.gpect.workshops.participant-seated.v1' as const,
              data: { ...keys, person: next.person, seatedOn: withdrewOn },
            },
          ]
        : []),
    ]);
  },
};

const tooLateToWithdraw = ({ status }: Seated) => transitionForbidden(`the workshop is ${status}; say who came`);

export const givingFeedback = {
  known: ({ feedback }: Of<'give-feedback'>, state: Seated) => {
    const known = personOf(state, feedback.person);
    if (!known) return fail(notRegistered(feedback.person));
    if (known.feedback && isDeepStrictEqual({ ...known.feedback }, { ...feedback })) return ok([]);
    if (known.feedback) return fail(saidOtherwise('person', feedback.person, { state: 'FEEDBACK_GIVEN' }));
    if (known.attendance === 'PRESENT') return undefined;
    return fail(
      transitionForbidden(
        `${feedback.person} is not recorded as present; only who came says how it was`,
        known.attendance && { state: known.attendance },
      ),
    );
  },
  decide: ({ feedback, today }: Of<'give-feedback'>, state: Seated): Decision => {
    if (feedback.givenOn > today) return fail(inFuture('givenOn', feedback.givenOn, 'give the day of the answer'));
    return ok([{ type: 'fr.gpect.workshops.workshop-feedback-given.v1', data: { ...keysOf(state), ...feedback } }]);
  },
};

function notRegistered(person: string): Refusal {
  return notKnown('person', person, 'nobody registered under this number; register the person first');
}

export function whoOf({ person, name, audience, siret, organisation }: Omit<Participant, 'seat'>) {
  return { person, name, audience, ...(siret ? { siret } : {}), ...(organisation ? { organisation } : {}) };
}

const keysOf = ({ programme, action, workshop }: Seated) => ({ programme, action, workshop });

/** The participants with one of them changed, or added behind the others. */
export function withParticipant(
  participants: readonly Participant[] = [],
  person: string,
  change: (known: Participant | undefined) => Participant | undefined,
): Participant[] {
  const known = participants.find((p) => p.person === person);
  const changed = change(known);
  if (!changed) return [...participants];
  // Who registers again after a withdrawal stands behind the others.
  if (!known || (known.seat === 'WITHDRAWN' && changed.seat !== 'WITHDRAWN'))
    return [...participants.filter((p) => p.person !== person), changed];
  return participants.map((p) => (p.person === person ? changed : p));
}

/** What those who answered say of a workshop, without their names. */
export function feedbackOf(participants: readonly Participant[] = []) {
  const given = participants.flatMap((p) => p.feedback ?? []);
  const mean = (of: (f: Feedback) => number) =>
    Math.round((10 * given.reduce((sum, f) => sum + of(f), 0)) / given.length) / 10;
  if (given.length === 0) return { answers: 0 };
  return {
    answers: given.length,
    satisfaction: mean((f) => f.satisfaction),
    usefulness: mean((f) => f.usefulness),
    comments: given.flatMap((f) => f.comment ?? []),
  };
}

export function seatsOf(state: Seated) {
  const waiting = (state.participants ?? []).filter((p) => p.seat === 'WAITING').length;
  return { ...(state.capacity ? { capacity: state.capacity } : {}), taken: seatsTaken(state), waiting };
}
