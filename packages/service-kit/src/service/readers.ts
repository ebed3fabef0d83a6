import { topicOf } from '@gpect/contracts/event-contracts';
import type mongoose from 'mongoose';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { handledTypes } from '../inbox/event-handler.js';
import { Inbox } from '../inbox/inbox.js';
import { LogWatch, placeOfPartition } from '../inbox/log-watch.js';
import { HELD, readPositions } from '../inbox/positions.js';
import type { Subscriber } from '../kafka/subscription.js';
import type { Logger } from '../observability/logger.js';
import type { Extension, handlerOf, RunningService } from './definition.js';
import type { TopicReader } from './topic-reader.js';

const POSITION_CHECK_MS = 2000;

/** What a service reads: the events of other services, and what its extensions read beside. */
export class Readers {
  readonly inbox: Inbox | undefined;
  readonly others: readonly TopicReader[];
  readonly deadLetters: DeadLetters;
  /** Topics of other services. */
  readonly topics: readonly string[];
  /** What of its topics is another log than the one that was read. */
  readonly logs: LogWatch;
  #events: Subscriber | undefined;
  readonly #subscribers = new Map<TopicReader, Subscriber>();
  #looking: NodeJS.Timeout | undefined;

  constructor(
    private readonly service: RunningService,
    handler: ReturnType<typeof handlerOf>,
    extensions: readonly Extension[],
  ) {
    const { name, metrics } = service;
    const { connection, runner, logger, bus } = service.context;
    this.inbox = handler && new Inbox({ consumer: name, connection, runner, handler, logger, metrics });
    const read = handler ? [...handledTypes(handler)] : [];
    for (const type of read) metrics.reads.set({ type }, 1);
    this.topics = [...new Set(read.map(topicOf))];
    this.others = extensions.flatMap((extension) => extension.reader?.(service) ?? []);
    this.deadLetters = new DeadLetters(connection, [...this.others, ...(this.inbox ? [this.inbox] : [])]);
    this.logs = new LogWatch(connection, bus, logger);
  }

  get events(): Subscriber | undefined {
    return this.#events;
  }

  /** Undefined where it does not read yet. */
  subscriberOf(other: TopicReader): Subscriber | undefined {
    return this.#subscribers.get(other);
  }

  /** Partitions that are not read on, and why. */
  async stopped(): Promise<ReadonlyMap<string, string>> {
    return new Map([
      ...(await this.logs.differing()),
      ...(this.#events?.stopped() ?? []),
      ...[...this.#subscribers.values()].flatMap((subscriber) => [...subscriber.stopped()]),
    ]);
  }

  async ensureIndexes(): Promise<void> {
    await this.deadLetters.parked.ensureIndexes();
  }

  start(): void {
    const { inbox } = this;
    const { name, metrics } = this.service;
    const { connection, logger, bus } = this.service.context;
    const onRenewed = (why: string) => metrics.renewed.inc({ why });
    if (inbox)
      this.#events = bus.subscribe({
        groupId: `gpect.${name}`,
        topics: this.topics,
        positions: () => inbox.positions(),
        onBatch: (batch) => inbox.onBatch(batch),
        onRenewed,
      });
    for (const other of this.others) this.#subscribers.set(other, this.#subscribe(other, onRenewed));
    this.#looking = setInterval(() => {
      inbox?.newer.take().catch((error: unknown) => logger.debug({ err: error }, 'kept events cannot be taken now'));
      void followRebuild(connection, inbox, this.#events, logger);
      for (const [other, subscriber] of this.#subscribers) void followRebuild(connection, other, subscriber, logger);
    }, POSITION_CHECK_MS);
  }

  #subscribe(other: TopicReader, onRenewed: (why: string) => void): Subscriber {
    const { name, topics, inTurn, mostBytes } = other;
    const { connection, bus } = this.service.context;
    return bus.subscribe({
      groupId: `gpect.${this.service.name}.${name}`,
      topics,
      ...(inTurn ? { inTurn } : {}),
      ...(mostBytes === undefined ? {} : { mostBytes }),
      positions: () => readPositions(connection),
      onBatch: (batch) => other.onBatch(batch),
      onRenewed,
    });
  }

  /** Nothing is looked for any more; what is being taken goes on. */
  stopLooking(): void {
    clearInterval(this.#looking);
  }

  async close(): Promise<void> {
    await Promise.all([this.#events, ...this.#subscribers.values()].map((subscriber) => subscriber?.close()));
    await this.inbox?.store();
    for (const other of this.others) await other.store();
  }
}

/** When the database stands behind what this process knows (it was emptied to be rebuilt), reading goes back to there. */
async function followRebuild(
  connection: mongoose.Connection,
  reader: Pick<TopicReader, 'known' | 'forget'> | undefined,
  subscriber: Subscriber | undefined,
  logger: Logger,
): Promise<void> {
  try {
    const known = reader?.known() ?? new Map<string, number>();
    if (known.size === 0) return;
    const positions = await readPositions(connection);
    for (const [key, next] of known) {
      const stored = positions.get(key) ?? 0;
      if (stored >= next || stored === HELD) continue;
      const { topic, number } = placeOfPartition(key);
      logger.info(
        { partition: key, from: next, to: stored },
        'the database stands further back: reading again from there',
      );
      reader?.forget(key);
      subscriber?.seek(topic, number, stored);
    }
  } catch (error) {
    logger.debug({ err: error }, 'positions cannot be read now');
  }
}
