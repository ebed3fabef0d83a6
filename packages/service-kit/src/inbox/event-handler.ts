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
  /** What is kept under names of its own. */
  readonly kept?: readonly Kept[];
  /** @param only what is kept under these names (`keyOfKept`); all of it where nothing is said */
  changesOf(event: RecordedEvent, only?: ReadonlySet<string> | undefined): readonly Change[];
  /**
   * @param from whose changes these are: the partition (`topic/number`) of a batch or of history, or `REPLAYED`. Those of one
   *   partition are written one after the other, so what is kept per `from` is met by no other writer; those that are
   *   replayed may meet, and the whole is then written again.
   */
  apply(changes: readonly Change[], session: Session, from: string): Promise<void>;
}

/** Whose the changes of parked events are, when they are taken in the end. */
export const REPLAYED = 'replayed';

/**
 * What a build keeps of events under a name: one that keeps it for the first time, or keeps it otherwise (another revision),
 * reads the history of its types again by itself, for this alone. So its changes must be such that they come to the same
 * when all of them are made again in their order: a value that is set, not one that is added to.
 */
export interface Kept {
  readonly name: string;
  /** A number that somebody raises, or a text that changes by itself (`revisionOf`). 1 is what releases kept that knew no names. */
  readonly revision: number | string;
  readonly types: readonly EventType[];
  /** Whether builds that kept nothing under any name kept the same of the types that they read. */
  readonly wasUnnamed?: boolean;
}

export const keyOfKept = ({ name, revision }: Kept): string => `${name}/${revision}`;

/** Facts under a name. */
export function keptAs<F extends Pick<Facts, 'types'>>(name: string, revision: Kept['revision'], facts: F): F {
  return { ...facts, kept: [{ name, revision, types: facts.types }] };
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
    kept: [...(a.kept ?? []), ...(b.kept ?? [])],
    changesOf: (event, only) => [
      ...(concerns(a, event, only) ? a.changesOf(event, only).map((change) => ({ a: change })) : []),
      ...(concerns(b, event, only) ? b.changesOf(event, only).map((change) => ({ b: change })) : []),
    ],
    apply: async (changes, session, from) => {
      await a.apply(
        changes.flatMap((c) => ('a' in c ? [c.a] : [])),
        session,
        from,
      );
      await b.apply(
        changes.flatMap((c) => ('b' in c ? [c.b] : [])),
        session,
        from,
      );
    },
  };
  return both as Facts;
}

function concerns(
  { types, kept = [] }: Pick<Facts, 'types' | 'kept'>,
  event: RecordedEvent,
  only: ReadonlySet<string> | undefined,
): boolean {
  if (!types.includes(event.type)) return false;
  return only === undefined || kept.some((one) => only.has(keyOfKept(one)));
}

/** What it keeps of events, whatever else it does with them. */
export function factsOf(handler: EventHandler): Facts | undefined {
  return handler.kind === 'projection' ? handler : handler.facts;
}

export function handledTypes(handler: EventHandler): Set<EventType> {
  if (handler.kind === 'projection') return new Set(handler.types);
  return new Set([...(Object.keys(handler.on) as EventType[]), ...(handler.facts?.types ?? [])]);
}
