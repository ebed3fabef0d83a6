import { type ParkedEvents, parkedIdOf } from '../dead-letters/parked-events.js';
import { type IncomingMessage, readMessage } from '../events/cloudevents.js';
import type { RecordedEvent } from '../events/event.js';
import type { Facts } from './event-handler.js';
import { lineOf } from './lines.js';
import type { History } from './reads.js';
import type { TakenLog } from './taken-log.js';

interface Again {
  readonly message: IncomingMessage;
  readonly event: RecordedEvent;
  readonly changes: readonly unknown[];
}

/** What a build keeps more of events that were taken already: their history is read again for that alone, in its order. */
export class KeptAgain {
  private constructor(
    private readonly kept: History['kept'],
    private readonly facts: Facts | undefined,
    private readonly log: TakenLog,
    private readonly parked: ParkedEvents,
    /** The last sequence of each aggregate that was read again. */
    private readonly last: Map<string, number>,
  ) {}

  /** @param at offset that history is read on from */
  static async from(
    at: number,
    kept: History['kept'],
    facts: Facts | undefined,
    log: TakenLog,
    parked: ParkedEvents,
  ): Promise<KeptAgain> {
    return new KeptAgain(kept, facts, log, parked, kept.size > 0 ? await log.lastBelow(at) : new Map());
  }

  /** Without what took no effect there (a repeat), or not yet (parked: replayed, it comes to all that it comes to). */
  async of(chunk: readonly IncomingMessage[]): Promise<Again[]> {
    if (this.kept.size === 0) return [];
    const read = chunk.flatMap((message) => {
      const reading = readMessage(message, (type) => this.kept.has(type));
      return reading.kind === 'event' ? [{ message, event: reading.event }] : [];
    });
    const repeats = await this.#repeats(read.map(({ message }) => message));
    const parked = await this.parked.which(read.map(({ message }) => parkedIdOf(message)));
    return read
      .filter(({ message }) => !repeats.has(message.offset) && !parked.has(parkedIdOf(message)))
      .map(({ message, event }) => ({
        message,
        event,
        changes: this.facts?.changesOf(event, this.kept.get(event.type)) ?? [],
      }));
  }

  /** Offsets of those that repeat what was taken elsewhere; only what is not above the last of its aggregate is looked for. */
  #repeats(messages: readonly IncomingMessage[]): Promise<Set<number>> {
    const doubtful = messages.map(lineOf).filter(({ key, sequence }) => {
      if (sequence <= (this.last.get(key) ?? 0)) return true;
      this.last.set(key, sequence);
      return false;
    });
    return this.log.takenElsewhere(doubtful);
  }
}
