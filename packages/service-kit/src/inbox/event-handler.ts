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

export function handledTypes(handler: EventHandler): Set<EventType> {
  if (handler.kind === 'projection') return new Set(handler.types);
  return new Set([...(Object.keys(handler.on) as EventType[]), ...(handler.facts?.types ?? [])]);
}
