import { own } from '@gpect/domain-values/records';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import type { AggregateName, DecisionOf, Refusal } from './aggregate.js';
import { commandForbidden, transitionForbidden } from './refusals.js';

interface Kinded {
  readonly kind: string;
}

/** One command of an aggregate that goes through states. */
interface Step<Status extends string, State, Command, Decision> {
  /** The states in which it is possible: nowhere else is that said, and it is asked before the decision. */
  readonly in: readonly Status[];
  /** It comes of an event or of a day: where the state has no place for it, nothing happens. */
  readonly isPassedOver?: true;
  /**
   * What is answered of what is known already, whatever the state: that it was so (nothing happens), or that it was said
   * otherwise. It can cause no event. What it or the decision refuses as a transition says the state and what is possible there,
   * where it says none of its own.
   */
  known?(command: Command, state: State): Result<readonly never[], Refusal> | undefined;
  decide(command: Command, state: State): Decision;
  /** Where something better is to be said than that it is not possible in this state; what is possible is added to it. */
  sentence?(command: Command, state: State): string;
}

/** Every command but the one that begins the aggregate. */
export type Steps<Name extends AggregateName, State, Command extends Kinded, Status extends string> = {
  readonly [Kind in Command['kind']]: Step<Status, State, Extract<Command, { readonly kind: Kind }>, DecisionOf<Name>>;
};

type StatusIn<State> = State extends { readonly status: infer Status extends string } ? Status : string;

/** What is possible in each state of an aggregate, and what comes of it. */
export class LifeCycle<
  Name extends AggregateName,
  State,
  Command extends Kinded,
  Status extends string = StatusIn<State>,
> {
  readonly #steps: Readonly<Record<string, Step<Status, State, Command, DecisionOf<Name>>>>;
  readonly #statusOf: (state: State) => Status;

  /**
   * @param what the aggregate, or its part, as a refusal calls it: `firm`
   * @param statusOf where the state does not say its status itself
   */
  constructor(
    private readonly what: string,
    steps: Steps<Name, State, Command, Status>,
    ...[statusOf]: State extends { readonly status: Status } ? [] : [statusOf: (state: State) => Status]
  ) {
    // Each command meets the step of its kind.
    this.#steps = steps as unknown as Readonly<Record<string, Step<Status, State, Command, DecisionOf<Name>>>>;
    this.#statusOf = statusOf ?? ((state) => (state as { readonly status: Status }).status);
  }

  /** What can be asked in a state. */
  allowed(status: Status): Command['kind'][] {
    return Object.entries(this.#steps).flatMap(([kind, step]) =>
      step.in.includes(status) && !step.isPassedOver ? [kind] : [],
    );
  }

  decide(command: Command, state: State): DecisionOf<Name> {
    const step = own(this.#steps, command.kind);
    if (!step) throw new Error(`there is no command ${command.kind}`);
    const status = this.#statusOf(state);
    const known = step.known?.(command, state);
    if (known) return this.#standing(known, status);
    if (step.in.includes(status)) return this.#standing(step.decide(command, state), status);
    if (step.isPassedOver) return ok([]);
    const sentence = step.sentence?.(command, state);
    const allowed = this.allowed(status);
    return fail(
      sentence === undefined
        ? commandForbidden(command.kind, this.what, status, allowed)
        : transitionForbidden(sentence, { state: status, allowed }),
    );
  }

  #standing(decision: DecisionOf<Name>, state: Status): DecisionOf<Name> {
    if (decision.ok || decision.fault.kind !== 'transition') return decision;
    return fail({ state, allowed: this.allowed(state), ...decision.fault });
  }
}
