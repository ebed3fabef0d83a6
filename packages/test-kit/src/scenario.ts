/** Why a command is refused, as much of it as a test asks for (service-kit's Refusal). */
interface Fault {
  readonly code: string;
  readonly detail: string;
  readonly state?: string;
}

/** The pure decisions of an aggregate (service-kit's Aggregate). */
interface Decisions<State, Command, Event, Refused> {
  readonly initial: State;
  decide(
    command: Command,
    state: State,
  ): { readonly ok: true; readonly value: readonly Event[] } | { readonly ok: false; readonly fault: Refused };
  evolve(state: State, event: Event): State;
}

/** What came of some commands: all their events and the state that is left, or the first refusal. */
type Run<State, Event, Refused> =
  | { readonly ok: true; readonly value: { readonly events: Event[]; readonly state: State } }
  | { readonly ok: false; readonly fault: Refused };

const codeOf = ({ code }: Fault): string => code;
/** `transition_forbidden CANCELLED`: a refusal by its code and the state that it is refused in. */
export const codeInState = ({ code, state = '' }: Fault): string => `${code} ${state}`.trim();

/** Given some commands, when a command, then events or a refusal: the decisions of an aggregate as its tests ask for them. */
export function scenarioOf<
  State,
  Command,
  Event extends { readonly type: string; readonly data: unknown },
  Refused extends Fault,
>(aggregate: Decisions<State, Command, Event, Refused>, refusal: (fault: Refused) => string = codeOf) {
  const { initial, decide, evolve } = aggregate;

  /** All of the commands, one after the other. */
  function run(...commands: readonly Command[]): Run<State, Event, Refused> {
    let state = initial;
    const events: Event[] = [];
    for (const command of commands) {
      const decision = decide(command, state);
      if (!decision.ok) return decision;
      events.push(...decision.value);
      state = decision.value.reduce(evolve, state);
    }
    return { ok: true, value: { events, state } };
  }

  /** The state that they leave. @throws where one of them is refused */
  function given(...commands: readonly Command[]): State {
    const result = run(...commands);
    if (!result.ok) throw new Error(result.fault.detail);
    return result.value.state;
  }

  /** The events that one command causes in a state, by name, or the code of its refusal. */
  function when(state: State, command: Command): string[] | string {
    const decision = decide(command, state);
    return decision.ok ? decision.value.map(nameOf) : refusal(decision.fault);
  }

  /** The events of all of the commands, by name, or the code of the first refusal. */
  function after(...commands: readonly Command[]): string[] | string {
    const result = run(...commands);
    return result.ok ? result.value.events.map(nameOf) : refusal(result.fault);
  }

  /** What their events say, or the code of the first refusal. */
  function said(...commands: readonly Command[]): Event['data'][] | string {
    const result = run(...commands);
    return result.ok ? result.value.events.map(({ data }) => data) : refusal(result.fault);
  }

  return { run, given, when, after, said };
}

/** `firm-enrolled` of `fr.gpect.enrolment.firm-enrolled.v1`. */
const nameOf = ({ type }: { readonly type: string }): string => type.split('.').at(-2) ?? '';
