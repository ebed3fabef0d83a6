import type { EventType } from '@gpect/contracts/event-contracts';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import type { Change } from './change.js';

/** What is kept of some types of events, by type. */
type Reads = { readonly [T in EventType]?: (event: RecordedEvent<T>) => readonly Change[] };

/**
 * What is kept of some events under a name. Its revision is a hash of what it makes of events (`feed/revisions.ts`): who
 * changes it here changes it for all of history, read again while the service runs.
 */
export interface Keeper {
  readonly name: string;
  readonly types: readonly EventType[];
  changesOf(event: RecordedEvent): readonly Change[];
  /** The functions themselves, for the revision. */
  readonly reads: Reads;
}

export function keeper(name: string, reads: Reads): Keeper {
  return {
    name,
    reads,
    types: Object.keys(reads) as EventType[],
    changesOf: (event) => {
      // The key is the event's own type; the compiler cannot follow that through the map.
      const read = reads[event.type] as ((event: RecordedEvent) => readonly Change[]) | undefined;
      return read?.(event) ?? [];
    },
  };
}
