import { type EventType, isEventType } from '@gpect/contracts/event-contracts';
import type mongoose from 'mongoose';
import type { CommandRunner } from '../aggregate/command-runner.js';
import type { Replayer } from '../dead-letters/dead-letters.js';
import { orderKeyOf, type ParkedEvent, ParkedEvents } from '../dead-letters/parked-events.js';
import { type IncomingMessage, type Reading, readMessage } from '../events/cloudevents.js';
import { isAway } from '../faults/away.js';
import type { Batch } from '../kafka/batch.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { decideChunk, type Read, type Readable, reasonOf } from './decide-chunk.js';
import { Effects } from './effects.js';
import { type EventHandler, factsOf, handledTypes, REPLAYED } from './event-handler.js';
import { KeptAgain } from './kept-again.js';
import { Learning } from './learning.js';
import { lineOf } from './lines.js';
import { NewerEvents } from './newer-events.js';
import { OlderMarks } from './older-marks.js';
import { allPositions, HELD, Position } from './positions.js';
import { type History, Reads } from './reads.js';
import { StoredLater } from './stored-later.js';
import { TakenLog } from './taken-log.js';
import { UnknownTypes } from './unknown-types.js';
import { untilTaken } from './until-taken.js';

/** Messages of one transaction at the most. */
const CHUNK = 1000;
/** How long a position that only passed over events waits to be written. */
const STORE_MS = 100;

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
  readonly #effects: Effects;
  readonly #partitions = new Map<string, Partition>();
  readonly #stored: StoredLater;

  constructor(private readonly options: InboxOptions) {
    this.parked = new ParkedEvents(options.connection);
    this.#effects = new Effects({ ...options, parked: this.parked });
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

  /** Every topic that no other reader of the service takes: the others are asked first. */
  takes(): boolean {
    return true;
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
    if (learning.goesBack(batch)) return learning.at;
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
    if (learning.fillsLog) await OlderMarks.logged(this.options.connection, position.partition);
    seen.learning = undefined;
    this.options.logger.info({ partition: position.partition, types: learning.names }, 'history is read');
    return position.next;
  }

  async #load(key: string, topic: string): Promise<Partition> {
    const { connection } = this.options;
    await this.#reads.note();
    const position = await Position.load(connection, key, this.#reads.set);
    const history = position.document ? await this.#reads.lacking(position.document) : undefined;
    const log = await TakenLog.load(connection, key);
    const learning = history && (await this.#begin(history, position.learntTo ?? history.from, log));
    if (learning)
      this.options.logger.info({ partition: key, types: learning.names }, 'history of newly read types is read');
    return {
      position,
      learning,
      log,
      older: await OlderMarks.load(connection, key),
      mayBeParked: await this.parked.any(topic),
    };
  }

  async #begin(history: History, at: number, log: TakenLog): Promise<Learning> {
    const facts = factsOf(this.options.handler);
    return new Learning(history, at, await KeptAgain.from(at, history.kept, facts, log, this.parked));
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
      if (isAway(error)) throw error;
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
    const { learning, log, position } = seen;
    if (!learning) position.read(last);
    const behind = seen.mayBeParked ? await this.parked.among(chunk.map(orderKeyOf)) : new Set<string>();
    const again = (await learning?.again.of(chunk)) ?? [];
    if (poison !== undefined && again.length > 0) throw new HistoryUnreadable(poison);
    const all = chunk.map((message) => ({ message, reading: this.#read(message, learning?.types) }));
    if (!learning) await this.#noteUnknown(all);
    const wanted = all.filter((one) => isWanted(one, seen));
    // Where the log lacks what was taken, all of it is put there, and nothing else comes of it.
    const logged = learning?.fillsLog ? all.filter(({ message }) => isConcern(this.#read(message))) : wanted;
    const outcomes = await log.take(logged.map(({ message }) => lineOf(message)));
    const outcomesOf = new Map(logged.map(({ message }, i) => [message, outcomes[i]]));
    const known = { outcomesOf, behind, isHistory: learning !== undefined, poison, now: new Date() };
    const decided = decideChunk(wanted, known, ({ event }) => this.#effects.of(event));
    // What is read again stands where it stood among what is read for the first time.
    const readable = [...decided.readable, ...again.map((one) => ({ ...one, targets: [] }))];
    if (again.length > 0) readable.sort((a, b) => a.message.offset - b.message.offset);
    const concerned = logged.length + again.length;
    if (concerned > 0) await this.#effect(readable, decided.parked, seen, last.offset + 1);
    else await this.#passOver(seen, last.offset + 1);
    const { parked, repeated } = decided;
    this.#report({ applied: readable.length, repeated, ignored: chunk.length - concerned, parked });
  }

  async #effect(
    readable: readonly Readable[],
    parked: readonly ParkedEvent[],
    seen: Partition,
    next: number,
  ): Promise<void> {
    const { learning, log, position } = seen;
    await this.#effects.commit(readable, parked, position.partition, async (session) => {
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

  async #passOver({ learning, position }: Partition, next: number): Promise<void> {
    if (!learning) return position.skipTo(next);
    await position.writeLearnt(next);
    position.learnt(next);
    learning.at = next;
  }

  async #noteUnknown(all: readonly Read[]): Promise<void> {
    for (const { message, reading } of all)
      if (reading.kind === 'unknown') await this.unknown.note(message, reading.type);
  }

  #report(became: { applied: number; repeated: number; ignored: number; parked: readonly ParkedEvent[] }): void {
    const { metrics, logger } = this.options;
    const { parked, ...counts } = became;
    for (const [outcome, count] of Object.entries({ ...counts, parked: parked.length }))
      metrics?.consumed.inc({ fate: outcome }, count);
    for (const { message, reason, held } of parked) {
      if (held && held !== 'newer') metrics?.brokenOrder.inc({ how: held });
      logger.error({ topic: message.topic, offset: message.offset, reason }, 'event parked');
    }
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
      const works = reading.kind === 'event' ? [this.#effects.of(reading.event)] : [];
      await this.#effects.commit(works, [], REPLAYED, (session) => this.parked.remove(parked._id, session));
      return undefined;
    } catch (error) {
      if (isAway(error)) throw error;
      return reasonOf(error);
    }
  }
}

/** Whether anything comes of it. */
const isConcern = ({ kind }: Reading): boolean => kind !== 'unwanted' && kind !== 'unknown';

/** Whether anything comes of a message now; of history what is newly read, and was not parked when it was passed. */
function isWanted({ message, reading }: Read, { older, learning }: Partition): boolean {
  const { headers, topic, offset } = message;
  if (!isConcern(reading)) return false;
  if (older.has(headers['ce_source'] ?? '', headers['ce_id'] ?? `${topic}/${offset}`)) return false;
  return (
    !learning || reading.kind === 'event' || (reading.kind === 'unusable' && isEventType(headers['ce_type'] ?? ''))
  );
}

/** What is kept anew of an event that was taken cannot be kept: a fault of ours, which parks nothing a second time. */
class HistoryUnreadable extends Error {
  override readonly name = 'HistoryUnreadable';
}
