import type { EventType } from '@gpect/contracts/event-contracts';
import { isPartnerTopic } from '@gpect/contracts/partner-topics';
import type mongoose from 'mongoose';
import type { Target } from '../aggregate/aggregate.js';
import type { Cause, CommandRunner, Extras } from '../aggregate/command-runner.js';
import type { Replayer } from '../dead-letters/dead-letters.js';
import {
  BEHIND_PARKED,
  orderKeyOf,
  type ParkedEvent,
  ParkedEvents,
  toDeadLetter,
  toParked,
} from '../dead-letters/parked-events.js';
import { type IncomingMessage, readMessage } from '../events/cloudevents.js';
import type { RecordedEvent } from '../events/event.js';
import type { Batch } from '../kafka/kafka.js';
import { untilTaken } from '../kafka/until-taken.js';
import { isTransient, type Session } from '../mongo/transaction.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { type EventHandler, handledTypes } from './event-handler.js';
import { Marks } from './marks.js';
import { Position } from './positions.js';

/** Messages of one transaction at the most. */
const CHUNK = 1000;
/** How long a position that only passed over events waits to be written. */
const STORE_MS = 100;

interface Readable {
  readonly message: IncomingMessage;
  readonly event: RecordedEvent;
}

/** What is known of a partition that this process reads. */
interface Reading {
  readonly position: Position;
  readonly marks: Marks;
  /** False while none of the partition's events is surely parked: nothing has to be looked up then. */
  mayBeParked: boolean;
}

type Write = (session: Session) => Promise<void>;

export interface InboxOptions {
  readonly consumer: string;
  readonly connection: mongoose.Connection;
  readonly runner: CommandRunner;
  readonly handler: EventHandler;
  readonly window: number;
  readonly logger: Logger;
  readonly metrics?: Metrics;
}

/** Takes events exactly once each, in order per aggregate; parks what cannot be taken, with its reason. */
export class Inbox implements Replayer {
  readonly parked: ParkedEvents;
  readonly #handled: Set<EventType>;
  readonly #partitions = new Map<string, Reading>();

  constructor(private readonly options: InboxOptions) {
    this.parked = new ParkedEvents(options.connection);
    this.#handled = handledTypes(options.handler);
  }

  /** What this process believes to have taken; compared with the database to notice a rebuild. */
  known(): Map<string, number> {
    return new Map([...this.#partitions].map(([key, seen]) => [key, seen.position.stored]));
  }

  /** Forgets what is known of a partition: it is read again from the database at the next batch. */
  forget(key: string): void {
    this.#partitions.delete(key);
  }

  /** Takes a batch of one partition; the offset to go on from. Tries for ever while the database is away. */
  async onBatch(batch: Batch): Promise<number> {
    const key = `${batch.topic}/${batch.partition}`;
    return untilTaken(
      batch,
      () => this.#take(batch, key),
      this.options.logger,
      () => this.forget(key),
    );
  }

  /** Every topic but the partners', which have a door of their own. */
  takes(topic: string): boolean {
    return !isPartnerTopic(topic);
  }

  async #take(batch: Batch, key: string): Promise<number> {
    const first = batch.messages[0]?.offset ?? 0;
    const seen = this.#partitions.get(key) ?? (await this.#load(key, batch.topic));
    this.#partitions.set(key, seen);
    const { position } = seen;
    // The database is behind the group's offset (it was rebuilt): go back to where it stands.
    if (position.next < first && !this.#startsThere(batch, position)) return position.next;
    const todo = batch.messages.filter((m) => m.offset >= position.next);
    for (let i = 0; i < todo.length; i += CHUNK) {
      if (batch.stale()) return position.next;
      const chunk = todo.slice(i, i + CHUNK);
      await this.#takeChunk(chunk, seen);
      await batch.heartbeat();
    }
    return position.next;
  }

  async #load(key: string, topic: string): Promise<Reading> {
    const { connection, window } = this.options;
    return {
      position: await Position.load(connection, key),
      marks: await Marks.load(connection, key, window),
      mayBeParked: await this.parked.any(topic),
    };
  }

  /** Sent back once already and the broker still begins here: what was before is gone from the topic. */
  readonly #sentBack = new Map<string, number>();
  #startsThere(batch: Batch, position: Position): boolean {
    const key = `${batch.topic}/${batch.partition}/${position.next}`;
    const first = batch.messages[0]?.offset ?? 0;
    if (this.#sentBack.get(key) === first) return true;
    this.#sentBack.set(key, first);
    return false;
  }

  #storing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Positions that moved over events of no concern are written together, a moment later. */
  #storeSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#storing = this.store().finally(() => {
        this.#storing = undefined;
      });
    }, STORE_MS);
  }

  /** Writes the positions that are only known here; a partition that another has taken over is forgotten. */
  async store(): Promise<void> {
    for (const [key, seen] of this.#partitions) {
      await seen.position.store().catch((error: unknown) => {
        this.options.logger.debug({ err: error, partition: key }, 'the position could not be written');
        this.forget(key);
      });
    }
  }

  async #takeChunk(chunk: readonly IncomingMessage[], seen: Reading): Promise<void> {
    try {
      await this.#commit(chunk, seen);
    } catch (error) {
      seen.marks.rollback();
      if (isTransient(error)) throw error;
      // One of them is poison: halve until it stands alone, then park it. What is behind it keeps its place.
      if (chunk.length === 1) return this.#commit(chunk, seen, reasonOf(error));
      const middle = chunk.length >> 1;
      await this.#takeChunk(chunk.slice(0, middle), seen);
      await this.#takeChunk(chunk.slice(middle), seen);
    }
  }

  async #commit(chunk: readonly IncomingMessage[], seen: Reading, poison?: string): Promise<void> {
    const last = chunk.at(-1);
    if (!last) return;
    const next = last.offset + 1;
    const now = new Date();
    const parked: ParkedEvent[] = [];
    const readable: Readable[] = [];
    let repeated = 0;
    let ignored = 0;
    const behind = seen.mayBeParked ? await this.parked.among(chunk.map(orderKeyOf)) : new Set<string>();
    const park = (message: IncomingMessage, reason: string) => {
      parked.push(toParked(message, reason, now));
      behind.add(orderKeyOf(message));
    };
    for (const message of chunk) {
      const reading = readMessage(message, (type) => this.#handled.has(type));
      if (reading.kind === 'unknown-type') ignored++;
      else if (
        !seen.marks.take(
          message.headers['ce_source'] ?? '',
          message.headers['ce_id'] ?? `${message.topic}/${message.offset}`,
        )
      )
        repeated++;
      else if (poison !== undefined) park(message, poison);
      else if (behind.size > 0 && behind.has(orderKeyOf(message))) park(message, BEHIND_PARKED);
      else if (reading.kind === 'unusable') park(message, reading.reason);
      else readable.push({ message, event: reading.event });
    }
    if (ignored === chunk.length) {
      seen.position.skipTo(next);
      this.#storeSoon();
    } else {
      await this.#storing;
      const { position, marks } = seen;
      const from = position.next;
      await this.#effect(readable, parked, async (session) => {
        await position.write(next, session);
        await marks.write(from, next, session);
      });
      position.committed(next);
      await marks.committed(from);
      if (parked.length > 0) seen.mayBeParked = true;
    }
    const { metrics, logger } = this.options;
    metrics?.consumed.inc({ fate: 'applied' }, readable.length);
    metrics?.consumed.inc({ fate: 'repeated' }, repeated);
    metrics?.consumed.inc({ fate: 'ignored' }, ignored);
    metrics?.consumed.inc({ fate: 'parked' }, parked.length);
    for (const { message, reason } of parked)
      logger.error({ topic: message.topic, offset: message.offset, reason }, 'event parked');
  }

  /** One transaction: the effects, the marks, and what is parked with its copy for the dead-letter topic. */
  async #effect(readable: readonly Readable[], parked: readonly ParkedEvent[], write: Write): Promise<void> {
    const { handler, runner } = this.options;
    if (handler.kind === 'projection') {
      const changes = readable.flatMap(({ event }) => handler.changesOf(event));
      await runner.run([], {
        extras: () => ({
          ...this.#extras(parked, write, (session) => handler.apply(changes, session)),
          repeatable: true,
        }),
      });
      return;
    }
    const { facts } = handler;
    const kept = facts ? readable.flatMap(({ event }) => facts.changesOf(event)) : [];
    const keep = facts && kept.length > 0 ? (session: Session) => facts.apply(kept, session) : undefined;
    const reactions = readable.flatMap(({ event }) =>
      reactionsTo(handler.on, event).map((target) => ({ target, event })),
    );
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
        await this.parked.park(parked, session);
        await apply?.(session);
      },
    };
  }

  /** Undefined when it was taken, else why not. */
  async replayOne(parked: ParkedEvent): Promise<string | undefined> {
    const reading = readMessage(parked.message, (type) => this.#handled.has(type));
    if (reading.kind === 'unusable') return reading.reason;
    const readable = reading.kind === 'event' ? [{ message: parked.message, event: reading.event }] : [];
    try {
      await this.#effect(readable, [], (session) => this.parked.remove(parked._id, session));
      return undefined;
    } catch (error) {
      if (isTransient(error)) throw error;
      return reasonOf(error);
    }
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
