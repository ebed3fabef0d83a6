import type { EventType } from '@gpect/contracts/event-contracts';
import type { Target } from '../aggregate/aggregate.js';
import type { Cause, CommandRunner, Extras } from '../aggregate/command-runner.js';
import { type ParkedEvent, type ParkedEvents, toDeadLetter } from '../dead-letters/parked-events.js';
import type { RecordedEvent } from '../events/event.js';
import type { Session } from '../mongo/transaction.js';
import type { EventHandler } from './event-handler.js';

/** What an event comes to: commands on aggregates of our own, and changes of what is kept of others' events. */
export interface Work {
  readonly event: RecordedEvent;
  readonly targets: readonly Target[];
  readonly changes: readonly unknown[];
}

type Write = (session: Session) => Promise<void>;

export interface EffectsOptions {
  readonly consumer: string;
  readonly runner: CommandRunner;
  readonly handler: EventHandler;
  readonly parked: ParkedEvents;
}

/** The effects of events, each in one transaction with what is written of their reading. */
export class Effects {
  constructor(private readonly options: EffectsOptions) {}

  /** What an event comes to, before anything is written. @throws what makes it unusable */
  of(event: RecordedEvent): Work {
    const { handler } = this.options;
    if (handler.kind === 'projection') return { event, targets: [], changes: handler.changesOf(event) };
    return { event, targets: reactionsTo(handler.on, event), changes: handler.facts?.changesOf(event) ?? [] };
  }

  /**
   * One transaction: the effects, the marks, and what is parked with its copy for the dead-letter topic.
   * @param from whose the changes are (`Projection.apply`)
   */
  async commit(works: readonly Work[], parked: readonly ParkedEvent[], from: string, write: Write): Promise<void> {
    const { handler, runner } = this.options;
    const changes = works.flatMap((work) => work.changes);
    if (handler.kind === 'projection') {
      await runner.run([], {
        extras: () => ({
          ...this.#extras(parked, write, (session) => handler.apply(changes, session, from)),
          repeatable: true,
        }),
      });
      return;
    }
    const { facts } = handler;
    const keep = facts && changes.length > 0 ? (session: Session) => facts.apply(changes, session, from) : undefined;
    const reactions = works.flatMap(({ event, targets }) => targets.map((target) => ({ target, event })));
    await runner.run(
      reactions.map((r) => r.target),
      {
        causes: reactions.map(({ event }) => causeOf(event)),
        extras: (outcomes) => {
          for (const outcome of outcomes) {
            if (!outcome.ok) throw new ReactionRefused(`${outcome.refusal.code}: ${outcome.refusal.detail}`);
          }
          return this.#extras(parked, write, keep);
        },
      },
    );
  }

  #extras(parked: readonly ParkedEvent[], write: Write, apply?: Write): Extras {
    return {
      messages: parked.map((p) => toDeadLetter(this.options.consumer, p)),
      write: async (session) => {
        await write(session);
        await this.options.parked.park(parked, session);
        await apply?.(session);
      },
    };
  }
}

/** An aggregate refused what an event asks of it. */
class ReactionRefused extends Error {
  override readonly name = 'ReactionRefused';
}

function causeOf(event: RecordedEvent): Cause {
  return {
    causationid: event.id,
    ...(event.correlationid === undefined ? {} : { correlationid: event.correlationid }),
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
  };
}

/** The compiler cannot follow a type through the map from types to handlers; the key is the event's own type. */
function reactionsTo(
  on: { readonly [T in EventType]?: (event: RecordedEvent<T>) => readonly Target[] },
  event: RecordedEvent,
): readonly Target[] {
  const react = on[event.type] as ((event: RecordedEvent) => readonly Target[]) | undefined;
  return react?.(event) ?? [];
}
