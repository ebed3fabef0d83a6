import type { EventsByAggregate } from '@gpect/contracts/generated/events';
import type { Result } from '@gpect/domain-values/result';
import type { DomainEvent } from '../events/event.js';

/** Why a command was not carried out: a value, which the edge turns into problem details or a line of a report. */
export interface Refusal {
  /** Stable code, e.g. `transition_forbidden`. */
  readonly code: string;
  /** `transition`: not in this state (409). `rule`: never (422). `unknown`: what it names is not there (404). */
  readonly kind: 'transition' | 'rule' | 'unknown';
  /** A sentence: what is wrong and what to do. */
  readonly detail: string;
  /** The same in French, where one sentence of its code does not do. */
  readonly french?: string;
  readonly field?: string;
  readonly value?: string;
  readonly state?: string;
  readonly allowed?: readonly string[];
}

/** An aggregate by its service and its name in the contracts (`x-aggregate`). */
export type AggregateName = keyof EventsByAggregate;

/** What an aggregate says: its own events, each in its newest version. */
export type EventOf<Name extends AggregateName> = Extract<DomainEvent, { readonly type: EventsByAggregate[Name] }>;

export type DecisionOf<Name extends AggregateName> = Result<readonly EventOf<Name>[], Refusal>;

/**
 * One kind of aggregate: its state and its pure decisions. `decide` says which events a command causes (none when it was
 * so already), `evolve` what a state becomes by an event; both know the events of this aggregate, and no other. Neither reads a clock, a database or an id.
 */
export interface Aggregate<Name extends AggregateName, State, Command> {
  /** Collection of its states. */
  readonly collection: string;
  readonly initial: State;
  decide(command: Command, state: State): DecisionOf<Name>;
  evolve(state: State, event: EventOf<Name>): State;
}

/** A command on its way to one aggregate, with the types of state and command hidden, so that a batch can mix kinds. */
export interface Target {
  readonly collection: string;
  readonly id: string;
  readonly initial: unknown;
  run(state: unknown): Result<{ events: readonly DomainEvent[]; state: unknown }, Refusal>;
}

/** Commands on one aggregate, all or none: the first refusal refuses them all. */
export function target<Name extends AggregateName, State, Command>(
  aggregate: Aggregate<Name, State, Command>,
  id: string,
  ...commands: readonly Command[]
): Target {
  return {
    collection: aggregate.collection,
    id,
    initial: aggregate.initial,
    run: (from) => {
      // The store keeps states by collection: what comes back is what this aggregate's evolve has made.
      let state = from as State;
      const events: DomainEvent[] = [];
      for (const command of commands) {
        const decision = aggregate.decide(command, state);
        if (!decision.ok) return decision;
        for (const event of decision.value) {
          state = aggregate.evolve(state, event);
          events.push(event);
        }
      }
      return { ok: true, value: { events, state } };
    },
  };
}
