/** The pure decisions of an aggregate, as much of them as a test runs (service-kit's Aggregate). */
interface Decisions<State, Command, Event> {
  readonly initial: State;
  decide(
    command: Command,
    state: State,
  ): { readonly ok: true; readonly value: readonly Event[] } | { readonly ok: false };
  evolve(state: State, event: Event): State;
}

/** A command that was taken, and the states on both sides of it. */
interface Taken<State, Command, Event> {
  readonly command: Command;
  readonly before: State;
  readonly events: readonly Event[];
  readonly state: State;
}

/** Sends commands one after the other; a refused one changes nothing. Yields each that was taken, right after it. */
export function* taken<State, Command, Event>(
  { initial, decide, evolve }: Decisions<State, Command, Event>,
  commands: Iterable<Command>,
  from: State = initial,
): Generator<Taken<State, Command, Event>> {
  let state = from;
  for (const command of commands) {
    const decision = decide(command, state);
    if (!decision.ok) continue;
    const before = state;
    state = decision.value.reduce(evolve, before);
    yield { command, before, events: decision.value, state };
  }
}

/** The state that is left once all were sent; refused ones have changed nothing. */
export function stateAfter<State, Command, Event>(
  decisions: Decisions<State, Command, Event>,
  commands: Iterable<Command>,
  from: State = decisions.initial,
): State {
  let state = from;
  for (const one of taken(decisions, commands, from)) state = one.state;
  return state;
}
