import { BEHIND_PARKED, orderKeyOf, type ParkedEvent, toParked } from '../dead-letters/parked-events.js';
import type { IncomingMessage, Reading } from '../events/cloudevents.js';
import type { Work } from './effects.js';
import type { Outcome } from './taken-log.js';

export interface Read {
  readonly message: IncomingMessage;
  readonly reading: Reading;
}

export interface Readable extends Work {
  readonly message: IncomingMessage;
}

/** What is known when it is decided what becomes of some messages. */
export interface Known {
  /** Of each message, what it is beside those that were taken. */
  readonly outcomesOf: ReadonlyMap<IncomingMessage, Outcome | undefined>;
  /** Aggregates of which an event is parked: what follows waits behind it. */
  readonly behind: ReadonlySet<string>;
  /** Whether it is history of types that are newly read: it lies behind what was taken since. */
  readonly isHistory: boolean;
  /** Why the one message of a chunk cannot be taken. */
  readonly poison?: string | undefined;
  readonly now: Date;
}

/** What becomes of messages that are of concern, in their order: taken, parked with why, or dropped as repeats. Pure. */
export function decideChunk(
  wanted: readonly Read[],
  { outcomesOf, behind: parkedBefore, isHistory, poison, now }: Known,
  workOf: (reading: Extract<Reading, { kind: 'event' }>) => Work,
): { readable: Readable[]; parked: ParkedEvent[]; repeated: number } {
  const behind = new Set(parkedBefore);
  const parked: ParkedEvent[] = [];
  const readable: Readable[] = [];
  let repeated = 0;
  const park = (message: IncomingMessage, reason: string, held?: ParkedEvent['held']) => {
    parked.push(toParked(message, reason, now, held));
    behind.add(orderKeyOf(message));
  };
  for (const { message, reading } of wanted) {
    const outcome = outcomesOf.get(message);
    if (outcome === 'repeated') repeated++;
    else if (poison !== undefined) park(message, poison);
    else if (outcome === 'forked' || (outcome === 'overtaken' && !isHistory))
      park(message, BROKEN_ORDER[outcome], outcome);
    else if (behind.size > 0 && behind.has(orderKeyOf(message))) park(message, BEHIND_PARKED);
    else if (reading.kind === 'unusable') park(message, reading.reason);
    else if (reading.kind === 'newer') park(message, reading.reason, 'newer');
    else if (reading.kind === 'event') {
      try {
        readable.push({ message, ...workOf(reading) });
      } catch (error) {
        park(message, reasonOf(error));
      }
    }
  }
  return { readable, parked, repeated };
}

/** What is held because its owner's order is broken, and what to do. */
const BROKEN_ORDER: Readonly<Record<Exclude<Outcome, 'next' | 'repeated'>, string>> = {
  forked:
    'a fork: another event of this aggregate was taken at this sequence. Its owner says its history anew, as a database does that was restored from before its last events; restore the owner to where its events are, then discard this one and what is behind it (runbook: broken order)',
  overtaken:
    'out of order: a later event of this aggregate was taken before this one, as happens when partitions were added or an owner was restored; look at both, then replay it by its subject, or discard it (runbook: broken order)',
};

export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
