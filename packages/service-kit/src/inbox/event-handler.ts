import type { EventType } from '@gpect/contracts/event-contracts';
import type { Target } from '../aggregate/aggregate.js';
import type { RecordedEvent } from '../events/event.js';
import type { Session } from '../mongo/transaction.js';

/** What a service does with the events of others: commands on its own aggregates, or changes of its read models. */
export type EventHandler = Reactions | Projection;

/** The commands that an event causes; decided and committed like any other command. */
export interface Reactions {
  readonly kind: 'reactions';
  readonly on: { readonly [T in EventType]?: (event: RecordedEvent<T>) => readonly Target[] };
  /** What it keeps of others' events to decide by; written in the same transaction. */
  readonly facts?: Facts;
}

export type Facts<Change = unknown> = Omit<Projection<Change>, 'kind'>;

/**
 * The changes of read models that an event causes. `changesOf` is pure and may throw on an event that it cannot read
 * (it is parked); `apply` writes the changes of a whole batch in the transaction.
 */
export interface Projection<Change = unknown> {
  readonly kind: 'projection';
  readonly types: readonly EventType[];
  changesOf(event: RecordedEvent): readonly Change[];
  apply(changes: readonly Change[], session: Session): Promise<void>;
}

/** A handler that also keeps these facts, beside its own. */
export function withFacts<Change>(handler: EventHandler | undefined, facts: Facts<Change>): EventHandler {
  if (!handler) return { kind: 'projection', ...facts } as Projection;
  if (handler.kind === 'reactions')
    return { ...handler, facts: handler.facts ? bothOf(handler.facts, facts) : (facts as Facts) };
  return { kind: 'projection', ...bothOf(handler, facts) };
}

function bothOf<A, B>(a: Facts<A>, b: Facts<B>): Facts {
  type Either = { readonly a: A } | { readonly b: B };
  const both: Facts<Either> = {
    types: [...new Set([...a.types, ...b.types])],
    changesOf: (event) => [
      ...(a.types.includes(event.type) ? a.changesOf(event).map((change) => ({ a: change })) : []),
      ...(b.types.includes(event.type) ? b.changesOf(event).map((change) => ({ b: change })) : []),
    ],
    apply: async (changes, session) => {
      await a.apply(
        changes.flatMap((c) => ('a' in c ? [c.a] : [])),
        session,
      );
      await b.apply(
        changes.flatMap((c) => ('b' in c ? [c.b] : [])),
        session,
      );
    },
  };
  return both as Facts;
}

export function handledTypes(handler: EventHandler): Set<EventType> {
  if (handler.kind === 'projection') return new Set(handler.types);
  return new Set([...(Object.keys(handler.on) as EventType[]), ...(handler.facts?.types ?? [])]);
}
