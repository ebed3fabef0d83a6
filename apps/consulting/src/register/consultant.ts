import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { LifeCycle } from '@gpect/service-kit/aggregate/life-cycle';
import { inFuture, notKnown, tooEarly } from '@gpect/service-kit/aggregate/refusals';

type Decision = DecisionOf<'consulting/consultant'>;

type Registered = EventDataByType['fr.gpect.consulting.consultant-registered.v1'];
type Charter = Omit<EventDataByType['fr.gpect.consulting.consultant-charter-signed.v1'], 'programme' | 'consultant'>;
type Withdrawal = Omit<EventDataByType['fr.gpect.consulting.consultant-withdrawn.v1'], 'programme' | 'consultant'>;

export interface Consultant extends Registered {
  readonly charter?: Charter;
  readonly withdrawn?: Withdrawal;
}

export type ConsultantCommand = { readonly today: CalendarDate } & (
  | { readonly kind: 'register'; readonly consultant: Registered; readonly firmKnown: boolean }
  | { readonly kind: 'sign-charter'; readonly charter: Charter }
  | { readonly kind: 'withdraw'; readonly withdrawal: Withdrawal }
);

export const consultantId = (programme: string, consultant: string) =>
  inProgramme(programme, 'consultants', consultant);

const statusOf = ({ withdrawn }: Consultant) => (withdrawn ? 'WITHDRAWN' : 'REGISTERED');

/** Once in the register: what is possible in which state, and what comes of it. Who withdrew can register again. */
const life = new LifeCycle<'consulting/consultant', Consultant, ConsultantCommand, ReturnType<typeof statusOf>>(
  'consultant',
  {
    register: { in: ['REGISTERED', 'WITHDRAWN'], known: isRegistered, decide: register },
    'sign-charter': {
      in: ['REGISTERED'],
      known: ({ charter }, state) => (isDeepStrictEqual({ ...state.charter }, { ...charter }) ? ok([]) : undefined),
      decide: signCharter,
    },
    withdraw: {
      in: ['REGISTERED'],
      known: ({ withdrawal }, { withdrawn }) =>
        isDeepStrictEqual({ ...withdrawn }, { ...withdrawal }) ? ok([]) : undefined,
      decide: withdraw,
    },
  },
  statusOf,
);

/** A consultant: what he or she works on, where, how much, and whether the charter is signed. */
export const consultant: Aggregate<'consulting/consultant', Consultant | null, ConsultantCommand> = {
  collection: 'consultants',
  initial: null,
  decide: (command, state) => {
    if (state) return life.decide(command, state);
    if (command.kind !== 'register')
      return fail({
        code: 'consultant_unknown',
        kind: 'unknown',
        field: 'consultant',
        detail: 'there is no such consultant in the register; register first',
      });
    return register(command, null);
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.consulting.consultant-registered.v1':
        // Registered again after a withdrawal, he or she is back.
        return { ...event.data, ...(state?.charter ? { charter: state.charter } : {}) };
      case 'fr.gpect.consulting.consultant-charter-signed.v1': {
        const { charter, signedOn } = event.data;
        return state && { ...state, charter: { charter, signedOn } };
      }
      case 'fr.gpect.consulting.consultant-withdrawn.v1': {
        const { withdrawnOn, reason } = event.data;
        return state && { ...state, withdrawn: { withdrawnOn, reason } };
      }
      default:
        return unreachable(event satisfies never);
    }
  },
};

function isRegistered({ consultant: registered }: ConsultantCommand & { kind: 'register' }, state: Consultant) {
  const { charter: _charter, withdrawn, ...before } = state;
  return !withdrawn && isDeepStrictEqual({ ...before }, { ...registered }) ? ok([]) : undefined;
}

function register(
  { consultant: registered, firmKnown, today }: ConsultantCommand & { kind: 'register' },
  state: Consultant | null,
): Decision {
  if (!firmKnown)
    return fail(
      notKnown('consultantsFirm', registered.consultantsFirm, "no such consultants' firm; register it first"),
    );
  const { registeredOn } = registered;
  const withdrawn = state?.withdrawn;
  if (registeredOn > today) return fail(inFuture('registeredOn', registeredOn, 'register from the first day on'));
  if (withdrawn && registeredOn < withdrawn.withdrawnOn)
    return fail(tooEarly('registeredOn', registeredOn, `the withdrawal on ${withdrawn.withdrawnOn}`));
  return ok([{ type: 'fr.gpect.consulting.consultant-registered.v1', data: registered }]);
}

function signCharter({ charter, today }: ConsultantCommand & { kind: 'sign-charter' }, state: Consultant): Decision {
  const { programme, consultant: code } = state;
  if (charter.signedOn > today) return fail(inFuture('signedOn', charter.signedOn, 'record it once it is signed'));
  if (state.charter && charter.signedOn < state.charter.signedOn)
    return fail(tooEarly('signedOn', charter.signedOn, `the charter signed on ${state.charter.signedOn}`));
  const data = { programme, consultant: code, ...charter };
  return ok([{ type: 'fr.gpect.consulting.consultant-charter-signed.v1', data }]);
}

function withdraw({ withdrawal, today }: ConsultantCommand & { kind: 'withdraw' }, state: Consultant): Decision {
  const { programme, consultant: code, registeredOn } = state;
  const { withdrawnOn } = withdrawal;
  if (withdrawnOn > today) return fail(inFuture('withdrawnOn', withdrawnOn, 'record it once it has happened'));
  if (withdrawnOn < registeredOn)
    return fail(tooEarly('withdrawnOn', withdrawnOn, `the registration of ${registeredOn}`));
  return ok([
    { type: 'fr.gpect.consulting.consultant-withdrawn.v1', data: { programme, consultant: code, ...withdrawal } },
  ]);
}

/** Why the register says that somebody takes no assignment; undefined where it says nothing against it. */
export function unfitness({ charter, withdrawn }: Consultant): string | undefined {
  if (withdrawn) return `withdrawn since ${withdrawn.withdrawnOn} (${withdrawn.reason})`;
  return charter ? undefined : 'has not signed the charter';
}
