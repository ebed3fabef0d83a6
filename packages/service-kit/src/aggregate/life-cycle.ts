import { own } from '@gpect/domain-values/records';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import type { AggregateName, DecisionOf, Refusal } from './aggregate.js';
import { commandForbidden, transitionForbidden } from './refusals.js';

interface Stateful {
  readonly status: string;
}
interface Kinded {
  readonly kind: string;
}

/** One command of an aggregate that goes through states. */
interface Step<State extends Stateful, Command, Decision> {
  /** The states in which it is possible: nowhere else is that said, and it is asked before the decision. */
  readonly in: readonly State['status'][];
  /** It comes of an event or of a day: where the state has no place for it, nothing happens. */
  readonly isPassedOver?: true;
  /**
   * What is answered of what is known already, whatever the state: that it was so (nothing happens), or that it was said
   * otherwise. It can cause no event.
   */
  known?(command: Command, state: State): Result<readonly never[], Refusal> | undefined;
  decide(command: Command, state: State): Decision;
  /** Where something better is to be said than that it is not possible in this state; what is possible is added to it. */
  sentence?(command: Command, state: State): string;
}

/** Every command but the one that begins the aggregate. */
export type Steps<Name extends AggregateName, State extends Stateful, Command extends Kinded> = {
  readonly [Kind in Command['kind']]: Step<State, Extract<Command, { readonly kind: Kind }>, DecisionOf<Name>>;
};

/** What is possible in each state of an aggregate, and what comes of it. */
export class LifeCycle<Name extends AggregateName, State extends Stateful, Command extends Kinded> {
  readonly #steps: Readonly<Record<string, Step<State, Command, DecisionOf<Name>>>>;

  /** @param what the aggregate, as a refusal calls it: `firm` */
  constructor(
    private readonly what: string,
    steps: Steps<Name, State, Command>,
  ) {
    // Each command meets the step of its kind.
    this.#steps = steps as unknown as Readonly<Record<string, Step<State, Command, DecisionOf<Name>>>>;
  }

  /** What can be asked in a state. */
  allowed(status: State['status']): Command['kind'][] {
    return Object.entries(this.#steps).flatMap(([kind, step]) =>
      step.in.includes(status) && !step.isPassedOver ? [kind] : [],
    );
  }

  decide(command: Command, state: State): DecisionOf<Name> {
    const step = own(this.#steps, command.kind);
    if (!step) throw new Error(`there is no command ${command.kind}`);
    const known = step.known?.(command, state);
    if (known) return known;
    if (step.in.includes(state.status)) return step.decide(command, state);
    if (step.isPassedOver) return ok([]);
    const { status } = state;
    const allowed = this.allowed(status);
    const sentence = step.sentence?.(command, state);
    return fail(
      sentence === undefined
        ? commandForbidden(command.kind, this.what, status, allowed)
        : transitionForbidden(status, allowed, sentence),
    );
  }
}
