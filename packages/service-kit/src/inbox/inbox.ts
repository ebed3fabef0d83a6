import { type EventType, isEventType } from '@gpect/contracts/event-contracts';
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
import { type IncomingMessage, type Reading, readMessage } from '../events/cloudevents.js';
import type { RecordedEvent } from '../events/event.js';
import type { Batch } from '../kafka/batch.js';
import { untilTaken } from '../kafka/until-taken.js';
import { isTransient, type Session } from '../mongo/transaction.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { type EventHandler, factsOf, handledTypes } from './event-handler.js';
import { KeptAgain } from './kept-again.js';
import { lineOf } from './lines.js';
import { NewerEvents } from './newer-events.js';
import { OlderMarks } from './older-marks.js';
import { allPositions, HELD, Position } from './positions.js';
import { type History, Reads } from './reads.js';
import { StoredLater } from './stored-later.js';
import { type Fate, TakenLog } from './taken-log.js';
import { UnknownTypes } from './unknown-types.js';

/** Messages of one transaction at the most. */
const CHUNK = 1000;
/** How long a position that only passed over events waits to be written. */
const STORE_MS = 100;

/** Of history, what has a type: what has none was parked when it was passed. */
function isLearnt({ headers }: IncomingMessage, { kind }: Reading): boolean {
  return kind === 'event' || (kind === 'unusable' && isEventType(headers['ce_type'] ?? ''));
}

/** Whether anything comes of it. */
const isConcern = ({ kind }: Reading): boolean => kind !== 'unwanted' && kind !== 'unknown';

interface Readable {
  readonly message: IncomingMessage;
  readonly event: RecordedEvent;
  readonly targets: readonly Target[];
  readonly changes: readonly unknown[];
}

/** What is known of a partition that this process reads. */
interface Partition {
  readonly position: Position;
  readonly log: TakenLog;
  readonly older: OlderMarks;
  /** History that the builds before did not read; read before anything else. */
  learning: Learning | undefined;
  /** False while none of the partition's events is surely parked: nothing has to be looked up then. */
  mayBeParked: boolean;
}

interface Learning {
  /** Never read before. */
  readonly types: ReadonlySet<EventType>;
  /** Read before, and kept less of. */
  readonly kept: History['kept'];
  readonly again: KeptAgain;
  at: number;
  /** Where the broker began when it was asked for what is next. */
  begins?: number;
}

type Write = (session: Session) => Promise<void>;

export interface InboxOptions {
  readonly consumer: string;
  readonly connection: mongoose.Connection;
  readonly runner: CommandRunner;
  readonly handler: EventHandler;
  readonly logger: Logger;
  readonly metrics?: Metrics;
}

/** Takes events exactly once each, in order per aggregate; parks what cannot be taken, with its reason. */
export class Inbox implements Replayer {
  readonly parked: ParkedEvents;
  readonly unknown: UnknownTypes;
  readonly newer: NewerEvents;
  readonly #handled: Set<EventType>;
  readonly #reads: Reads;
  readonly #partitions = new Map<string, Partition>();
  readonly #stored: StoredLater;

  constructor(private readonly options: InboxOptions) {
    this.parked = new ParkedEvents(options.connection);
    this.#handled = handledTypes(options.handler);
    this.#reads = new Reads(options.connection, this.#handled, factsOf(options.handler)?.kept);
    this.unknown = new UnknownTypes(options.connection);
    this.newer = new NewerEvents(this.parked, this);
    this.#stored = new StoredLater({
      afterMs: STORE_MS,
      logger: options.logger,
      positions: () => [...this.#partitions.values()].map(({ position }) => position),
    });
  }

  /** Where each partition is to be read from: history that is lacking first. */
  async positions(): Promise<Map<string, number>> {
    const positions = new Map<string, number>();
    for (const document of await allPositions(this.options.connection)) {
      const history = document.next === HELD ? undefined : await this.#reads.lacking(document);
      positions.set(document._id, history?.from ?? document.next);
    }
    return positions;
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
    const seen = this.#partitions.get(key) ?? (await this.#load(key, batch.topic));
    this.#partitions.set(key, seen);
    return this.#stored.beside(seen.position, () => this.#takeFrom(seen, batch));
  }

  async #takeFrom(seen: Partition, batch: Batch): Promise<number> {
    const { position } = seen;
    const elsewhere = position.agree(batch);
    if (elsewhere !== undefined) return elsewhere;
    if (seen.learning) return this.#learn(batch, seen, seen.learning);
    const todo = batch.messages.filter((m) => m.offset >= position.next);
    for (let i = 0; i < todo.length; i += CHUNK) {
      if (batch.stale()) return position.next;
      const chunk = todo.slice(i, i + CHUNK);
      await this.#takeChunk(chunk, seen);
      await batch.heartbeat();
    }
    return position.next;
  }

  /** Takes of the history what is lacking; the offset to go on from. */
  async #learn(batch: Batch, seen: Partition, learning: Learning): Promise<number> {
    const { position } = seen;
    const first = batch.messages[0]?.offset ?? 0;
    if (first > learning.at && learning.begins !== first) {
      learning.begins = first;
      return learning.at;
    }
    delete learning.begins;
    const todo = batch.messages.filter(({ offset }) => offset >= learning.at && offset < position.stored);
    for (let i = 0; i < todo.length; i += CHUNK) {
      if (batch.stale()) return learning.at;
      await this.#takeChunk(todo.slice(i, i + CHUNK), seen);
      await batch.heartbeat();
    }
    // Nothing is left where the batch reaches the position.
    if ((batch.messages.at(-1)?.offset ?? 0) + 1 < position.stored) return learning.at;
    if (learning.at < position.stored) {
      await position.writeLearnt(position.stored);
      position.learnt(position.stored);
    }
    seen.learning = undefined;
    this.options.logger.info({ partition: position.partition, types: typesOf(learning) }, 'history is read');
    return position.next;
  }

  async #load(key: string, topic: string): Promise<Partition> {
    const { connection } = this.options;
    await this.#reads.note();
    const position = await Position.load(connection, key, this.#reads.set);
    const history = position.document ? await this.#reads.lacking(position.document) : undefined;
    if (history)
      this.options.logger.info({ partition: key, types: typesOf(history) }, 'history of newly read types is read');
    const log = await TakenLog.load(connection, key);
    return {
      position,
      learning: history && (await this.#begin(history, position.learntTo ?? history.from, log)),
      log,
      older: await OlderMarks.load(connection, key),
      mayBeParked: await this.parked.any(topic),
    };
  }

  async #begin({ types, kept }: History, at: number, log: TakenLog): Promise<Learning> {
    const facts = factsOf(this.options.handler);
    return { types, kept, at, again: await KeptAgain.from(at, kept, facts, log, this.parked) };
  }

  /** Writes the positions that are only known here. */
  store(): Promise<void> {
    return this.#stored.now();
  }

  async #takeChunk(chunk: readonly IncomingMessage[], seen: Partition): Promise<void> {
    try {
      await this.#commit(chunk, seen);
    } catch (error) {
      seen.log.rollback();
      if (isTransient(error)) throw error;
      // One of them is poison: halve until it stands alone, then park it. What is behind it keeps its place.
      if (chunk.length === 1) return this.#commit(chunk, seen, reasonOf(error));
      const middle = chunk.length >> 1;
      await this.#takeChunk(chunk.slice(0, middle), seen);
      await this.#takeChunk(chunk.slice(middle), seen);
    }
  }

  async #commit(chunk: readonly IncomingMessage[], seen: Partition, poison?: string): Promise<void> {
    const last = chunk.at(-1);
    if (!last) return;
    const next = last.offset + 1;
    const { learning } = seen;
    if (!learning) seen.position.read(last);
    const now = new Date();
    const parked: ParkedEvent[] = [];
    const readable: Readable[] = [];
    const behind = seen.mayBeParked ? await this.parked.among(chunk.map(orderKeyOf)) : new Set<string>();
    const park = (message: IncomingMessage, reason: string, held?: ParkedEvent['held']) => {
      parked.push(toParked(message, reason, now, held));
      behind.add(orderKeyOf(message));
    };
    const all = chunk.map((message) => ({ message, reading: this.#read(message, learning?.types) }));
    const again = (await learning?.again.of(chunk)) ?? [];
    if (poison !== undefined && again.length > 0) throw new HistoryUnreadable(poison);
    for (const one of again) readable.push({ ...one, targets: [] });
    for (const { message, reading } of all)
      if (reading.kind === 'unknown' && !learning) await this.unknown.note(message, reading.type);
    const wanted = all.filter(
      ({ message, reading }) =>
        isConcern(reading) && !wasTakenByOlder(message, seen) && (!learning || isLearnt(message, reading)),
    );
    const fates = await seen.log.take(wanted.map(({ message }) => lineOf(message)));
    let repeated = 0;
    wanted.forEach(({ message, reading }, i) => {
      const fate = fates[i];
      if (fate === 'repeated') repeated++;
      else if (poison !== undefined) park(message, poison);
      // What was not read is behind what was.
      else if (fate === 'forked' || (fate === 'overtaken' && !learning)) park(message, BROKEN_ORDER[fate], fate);
      else if (behind.size > 0 && behind.has(orderKeyOf(message))) park(message, BEHIND_PARKED);
      else if (reading.kind === 'unusable') park(message, reading.reason);
      else if (reading.kind === 'newer') park(message, reading.reason, 'newer');
      else if (reading.kind === 'event') {
        try {
          readable.push({ message, ...this.#workOf(reading.event) });
        } catch (error) {
          park(message, reasonOf(error));
        }
      }
    });
    // What is read again stands where it stood among what is read for the first time.
    if (again.length > 0) readable.sort((a, b) => a.message.offset - b.message.offset);
    const concerned = wanted.length + again.length;
    const ignored = chunk.length - concerned;
    if (concerned === 0 && learning) {
      await seen.position.writeLearnt(next);
      seen.position.learnt(next);
      learning.at = next;
    } else if (concerned === 0) {
      seen.position.skipTo(next);
    } else {
      const { position, log } = seen;
      await this.#effect(readable, parked, async (session) => {
        if (learning) await position.writeLearnt(next, session);
        else await position.write(next, session);
        await log.write(session);
      });
      if (learning) {
        position.learnt(next);
        learning.at = next;
      } else position.committed(next);
      await log.committed();
      if (parked.length > 0) seen.mayBeParked = true;
    }
    const { metrics, logger } = this.options;
    metrics?.consumed.inc({ fate: 'applied' }, readable.length);
    metrics?.consumed.inc({ fate: 'repeated' }, repeated);
    metrics?.consumed.inc({ fate: 'ignored' }, ignored);
    metrics?.consumed.inc({ fate: 'parked' }, parked.length);
    for (const { message, reason, held } of parked) {
      if (held && held !== 'newer') metrics?.brokenOrder.inc({ how: held });
      logger.error({ topic: message.topic, offset: message.offset, reason }, 'event parked');
    }
  }

  /** One transaction: the effects, the marks, and what is parked with its copy for the dead-letter topic. */
  async #effect(readable: readonly Readable[], parked: readonly ParkedEvent[], write: Write): Promise<void> {
    const { handler, runner } = this.options;
    const changes = readable.flatMap((work) => work.changes);
    if (handler.kind === 'projection') {
      await runner.run([], {
        extras: () => ({
          ...this.#extras(parked, write, (session) => handler.apply(changes, session)),
          repeatable: true,
        }),
      });
      return;
    }
    const { facts } = handler;
    const keep = facts && changes.length > 0 ? (session: Session) => facts.apply(changes, session) : undefined;
    const reactions = readable.flatMap(({ event, targets }) => targets.map((target) => ({ target, event })));
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

  /** What an event comes to, before anything is written. @throws what makes it unusable */
  #workOf(event: RecordedEvent): Omit<Readable, 'message'> {
    const { handler } = this.options;
    if (handler.kind === 'projection') return { event, targets: [], changes: handler.changesOf(event) };
    return { event, targets: reactionsTo(handler.on, event), changes: handler.facts?.changesOf(event) ?? [] };
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

  #read(message: IncomingMessage, types: ReadonlySet<EventType> = this.#handled): Reading {
    return readMessage(message, (type) => types.has(type));
  }

  /** Whether an event can be read now, as far as its type goes. */
  knows(message: IncomingMessage): boolean {
    return this.#read(message).kind !== 'newer';
  }

  /** Undefined when it was taken, else why not. */
  async replayOne(parked: ParkedEvent): Promise<string | undefined> {
    const reading = this.#read(parked.message);
    if (reading.kind === 'unusable' || reading.kind === 'newer') return reading.reason;
    try {
      const readable = reading.kind === 'event' ? [{ message: parked.message, ...this.#workOf(reading.event) }] : [];
      await this.#effect(readable, [], (session) => this.parked.remove(parked._id, session));
      return undefined;
    } catch (error) {
      if (isTransient(error)) throw error;
      return reasonOf(error);
    }
  }
}

/** What is held because its owner's order is broken, and what to do. */
const BROKEN_ORDER: Readonly<Record<Exclude<Fate, 'next' | 'repeated'>, string>> = {
  forked:
    'a fork: another event of this aggregate was taken at this sequence. Its owner says its history anew, as a database does that was restored from before its last events; restore the owner to where its events are, then discard this one and what is behind it (runbook: broken order)',
  overtaken:
    'out of order: a later event of this aggregate was taken before this one, as happens when partitions were added or an owner was restored; look at both, then replay it by its subject, or discard it (runbook: broken order)',
};

function wasTakenByOlder({ headers, topic, offset }: IncomingMessage, { older }: Partition): boolean {
  return older.has(headers['ce_source'] ?? '', headers['ce_id'] ?? `${topic}/${offset}`);
}

const typesOf = ({ types, kept }: Pick<History, 'types' | 'kept'>): EventType[] => [...types, ...kept.keys()];

/** What is kept anew of an event that was taken cannot be kept: a fault of ours, which parks nothing a second time. */
class HistoryUnreadable extends Error {
  override readonly name = 'HistoryUnreadable';
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
