import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import kafkajs from 'kafkajs';
import type { Logger } from '../observability/logger.js';
import { Breath } from './breath.js';
import { InTurn } from './in-turn.js';
import { isCoordinatorComing } from './kafka-fault.js';
import { type FetchedMessage, refusalsOf } from './records/fetch-response.js';
import { toIncoming } from './records/incoming.js';
import { PartitionStopped } from './stopped.js';
import type { Subscriber, Subscription } from './subscription.js';
import { Watchdog } from './watchdog.js';

/** Records that are taken out of their batches at a time. */
const SLICE = 1000;
const LOOK_MS = 1000;
const NEW_TOPICS_MS = 3000;
/** How long a consumer that is given up may take to leave its group. */
const LEAVE_MS = 3000;
/** A partition that cannot be taken is tried again after a while, and longer each time. */
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;
/** How long an answer of Kafka is waited for before the consumer is taken for hung. */
const PATIENCE_MS = 20_000;
/** The brokers take no shorter one. */
const SHORTEST_SESSION_MS = 6000;
/** A request that is not answered by then is made again. */
const REQUEST_MS = 10_000;

type SocketFactory = NonNullable<kafkajs.KafkaConfig['socketFactory']>;
const openSocket = createRequire(import.meta.url)('kafkajs/src/network/socketFactory') as () => SocketFactory;

interface Topics {
  existing(topics: readonly string[]): Promise<string[]>;
  topicId(topic: string, connection: number): Promise<string>;
}

interface Standing {
  readonly reason: string;
  readonly wait: number;
}

/**
 * A consumer that goes on whatever happens to it: one that crashes for good (kafkajs#1183, #1720) or hangs is thrown away and
 * made anew; a partition that cannot be taken is paused with its reason, and tried again, while the others are read.
 */
export class KafkaSubscriber implements Subscriber {
  #closed = false;
  #running = false;
  #consumer: kafkajs.Consumer | undefined;
  #watchdog = new Watchdog(PATIENCE_MS, LOOK_MS);
  #assigned: ReadonlyMap<string, readonly number[]> = new Map();
  #missing: readonly string[] = [];
  #connections = 0;
  readonly #sockets = new Set<Socket>();
  readonly #kafka: kafkajs.Kafka;
  readonly #stopped = new Map<string, Standing>();
  readonly #reached = new Map<string, kafkajs.TopicPartitionOffset>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #breath = new Breath();
  readonly #forever: Promise<void>;
  #positioned: Promise<boolean> = Promise.resolve(false);
  #stop: () => void = () => undefined;
  readonly #stopping = new Promise<undefined>((resolve) => {
    this.#stop = () => resolve(undefined);
  });

  constructor(
    config: kafkajs.KafkaConfig,
    private readonly options: Subscription,
    private readonly bus: Topics,
    private readonly logger: Logger,
  ) {
    const open = openSocket();
    const socketFactory: SocketFactory = (how) => {
      const socket = open(how) as Socket;
      this.#connections++;
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      return socket;
    };
    this.#kafka = new kafkajs.Kafka({ ...config, requestTimeout: REQUEST_MS, socketFactory });
    // Commits are only for those who watch the group (the truth is the position in the database): one a second will do.
    this.#timers.add(setInterval(() => this.#commit(), LOOK_MS));
    this.#forever = this.#goOn();
  }

  seek(topic: string, partition: number, offset: number): void {
    this.#consumer?.seek({ topic, partition, offset: String(offset) });
  }

  assigned(): ReadonlyMap<string, readonly number[]> {
    return this.#assigned;
  }

  running(): boolean {
    return this.#running;
  }

  missing(): readonly string[] {
    return this.#missing;
  }

  silentMs(): number | undefined {
    return this.#running ? this.#watchdog.silentMs : undefined;
  }

  stopped(): ReadonlyMap<string, string> {
    return new Map([...this.#stopped].map(([partition, { reason }]) => [partition, reason]));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#stop();
    await Promise.race([this.#forever, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
  }

  async #goOn(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#runOnce();
      } catch (error) {
        if (this.#closed) return;
        this.#tellRenewed(error);
        await this.#pause(LOOK_MS);
      }
    }
  }

  #tellRenewed(error: unknown): void {
    const { groupId, onRenewed } = this.options;
    if (isCoordinatorComing(error)) {
      this.logger.info({ err: error, groupId }, 'the coordinator of the group is not there yet; it is asked again');
      return;
    }
    const why = error instanceof Hung ? 'hung' : 'crashed';
    onRenewed?.(why, error);
    this.logger.warn({ err: error, groupId }, `the consumer ${why}; it is made anew`);
  }

  async #runOnce(): Promise<void> {
    const names = await this.#topics();
    if (this.#closed) return;
    const { patienceMs = PATIENCE_MS } = this.options;
    const watchdog = new Watchdog(patienceMs, LOOK_MS);
    this.#watchdog = watchdog;
    const consumer = this.#kafka.consumer({
      groupId: this.options.groupId,
      // A member that hung is out of its group by the time that it is made anew.
      sessionTimeout: Math.max(patienceMs, SHORTEST_SESSION_MS),
      rebalanceTimeout: 40_000,
      heartbeatInterval: 2000,
      maxBytesPerPartition: 2_000_000,
      maxWaitTimeInMs: 300,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 200, maxRetryTime: 3000, retries: 5, restartOnFailure: async () => false },
    });
    this.#consumer = consumer;
    const lines = this.#linesOf(consumer);
    const { looking, over } = this.#watch(consumer, watchdog, names, lines);
    try {
      const running = this.#begin(consumer, watchdog, names, lines);
      running.catch(() => undefined);
      await Promise.race([over, running.then(() => over)]);
    } finally {
      for (const timer of looking) clearInterval(timer);
      this.#running = false;
      lines?.close();
      await this.#leave(consumer);
    }
  }

  async #begin(
    consumer: kafkajs.Consumer,
    watchdog: Watchdog,
    names: readonly string[],
    lines: InTurn<FetchedMessage> | undefined,
  ): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: [...names], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => watchdog.taking(() => this.#take(consumer, payload, lines)),
    });
  }

  /** Ends when it crashes, hangs, is to be closed, or has other topics to read. */
  #watch(
    consumer: kafkajs.Consumer,
    watchdog: Watchdog,
    names: readonly string[],
    lines: InTurn<FetchedMessage> | undefined,
  ): { looking: NodeJS.Timeout[]; over: Promise<void> } {
    const { events } = consumer;
    consumer.on(events.FETCH_START, ({ payload }) => watchdog.asked(payload.nodeId));
    consumer.on(events.FETCH, ({ payload }) => watchdog.answered(payload.nodeId));
    consumer.on(events.REBALANCING, () => watchdog.joining());
    consumer.on(events.GROUP_JOIN, ({ payload }) => {
      watchdog.joined();
      // The group is joined again when a topic has changed, too.
      this.#connections++;
      this.#assigned = new Map(Object.entries(payload.memberAssignment));
      this.#running = true;
      lines?.drop();
      this.#positioned = this.#goToPositions(consumer, payload.memberAssignment);
    });
    const looking: NodeJS.Timeout[] = [];
    const over = new Promise<void>((resolve, reject) => {
      consumer.on(events.CRASH, ({ payload }) => reject(payload.error));
      void this.#stopping.then(resolve);
      looking.push(
        setInterval(() => {
          watchdog.looked();
          if (watchdog.hung) reject(new Hung('Kafka did not answer, and no connection was closed'));
        }, LOOK_MS),
        setInterval(async () => {
          if (this.#missing.length === 0 && !this.options.topics.some((topic) => topic.includes('*'))) return;
          const now = await this.#existing().catch(() => names);
          if (now.some((name) => !names.includes(name))) resolve();
        }, NEW_TOPICS_MS),
      );
    });
    over.catch(() => undefined);
    return { looking, over };
  }

  /** The topics that there are; of a pattern there may be none yet. */
  async #topics(): Promise<string[]> {
    for (;;) {
      const names = await this.#existing();
      if (names.length > 0 || this.#closed) return names;
      await this.#pause(NEW_TOPICS_MS);
    }
  }

  /** One topic that is not there keeps nobody from reading the others. */
  async #existing(): Promise<string[]> {
    const names = await this.bus.existing(this.options.topics);
    this.#missing = this.options.topics.filter((topic) => !topic.includes('*') && !names.includes(topic));
    return names;
  }

  /** Its connections are cut where it does not leave by itself. */
  async #leave(consumer: kafkajs.Consumer): Promise<void> {
    const left = consumer.disconnect().catch(() => undefined);
    await Promise.race([left, new Promise((resolve) => setTimeout(resolve, LEAVE_MS).unref())]);
    // By an error: of a socket that is merely closed kafkajs hears nothing, and keeps its connection.
    for (const socket of this.#sockets) socket.destroy(new Error('the consumer has left'));
    this.#sockets.clear();
  }

  /** Every new assignment begins where the database stands, whatever the group last committed. */
  async #goToPositions(
    consumer: kafkajs.Consumer,
    assigned: Readonly<Record<string, readonly number[]>>,
  ): Promise<boolean> {
    try {
      const stored = await this.options.positions();
      for (const [topic, partitions] of Object.entries(assigned))
        for (const partition of partitions)
          consumer.seek({
            topic,
            partition,
            offset: String(Math.max(0, stored.get(`${topic}/${partition}`) ?? 0)),
          });
      return true;
    } catch (error) {
      // The next batch compares its first offset with the database and goes back if it must.
      this.logger.debug({ err: error, groupId: this.options.groupId }, 'positions cannot be read now');
      return false;
    }
  }

  /** Where one partition must keep no other waiting. */
  #linesOf(consumer: kafkajs.Consumer): InTurn<FetchedMessage> | undefined {
    const { inTurn, mostBytes, onBatch } = this.options;
    if (!inTurn) return undefined;
    return new InTurn({
      ...inTurn,
      read: (topic, partition, message) => toIncoming(topic, partition, message, mostBytes),
      take: onBatch,
      reached: (topic, partition, next) => this.#goesOnFrom(topic, partition, next),
      seek: (topic, partition, offset) => consumer.seek({ topic, partition, offset: String(offset) }),
      pause: (topic, partition) => consumer.pause([{ topic, partitions: [partition] }]),
      resume: (topic, partition) => consumer.resume([{ topic, partitions: [partition] }]),
      failed: (topic, partition, offset, error) => {
        consumer.seek({ topic, partition, offset: String(offset) });
        this.#stand(consumer, topic, partition, error);
      },
    });
  }

  /** Taken later, so surely from where the database stands: what was fetched before that is known is fetched again. */
  async #isPositioned(consumer: kafkajs.Consumer): Promise<boolean> {
    if (await this.#positioned) return true;
    this.#positioned = this.#goToPositions(consumer, Object.fromEntries(this.#assigned));
    if (!(await this.#positioned)) await this.#pause(500);
    return false;
  }

  #goesOnFrom(topic: string, partition: number, next: number): void {
    const key = `${topic}/${partition}`;
    this.#stopped.delete(key);
    this.#reached.set(key, { topic, partition, offset: String(next) });
  }

  async #take(
    consumer: kafkajs.Consumer,
    { batch, isRunning, isStale, resolveOffset, heartbeat }: kafkajs.EachBatchPayload,
    lines: InTurn<FetchedMessage> | undefined,
  ): Promise<void> {
    const { topic, partition } = batch;
    if (this.#closed || batch.messages.length === 0) return;
    const fetched = batch.messages as FetchedMessage[];
    const read = (message: FetchedMessage) => toIncoming(topic, partition, message, this.options.mostBytes);
    const [connection, refusals] = [this.#connections, refusalsOf(topic)];
    const log = {
      topic: await this.bus.topicId(topic, connection + refusals),
      connection,
      refusals,
      end: Number(batch.highWatermark),
    };
    const stale = () => this.#closed || !isRunning() || isStale();
    if (lines) {
      if (!(await this.#isPositioned(consumer)) || stale()) return;
      lines.put(topic, partition, fetched, log);
      resolveOffset(batch.lastOffset());
      return;
    }
    for (let i = 0; i < fetched.length; i += SLICE) {
      const messages = fetched.slice(i, i + SLICE).map(read);
      const last = i + SLICE < fetched.length ? String(messages.at(-1)?.offset) : batch.lastOffset();
      let next: number;
      try {
        next = await this.options.onBatch({ topic, partition, messages, log, stale, heartbeat });
      } catch (error) {
        // What Kafka says (the group rebalances, a broker is away) is for the consumer to know.
        if (error instanceof kafkajs.KafkaJSError) throw error;
        this.#stand(consumer, topic, partition, error);
        return;
      }
      this.#goesOnFrom(topic, partition, next);
      if (next === Number(last) + 1) resolveOffset(last);
      else return consumer.seek({ topic, partition, offset: String(next) });
      await this.#breath.after(messages.length);
      if (stale()) return;
    }
  }

  /** Stops one partition, says why, and tries it again later: somebody may have mended it. */
  #stand(consumer: kafkajs.Consumer, topic: string, partition: number, error: unknown): void {
    const key = `${topic}/${partition}`;
    const before = this.#stopped.get(key);
    const wait = Math.min((before?.wait ?? FIRST_WAIT_MS / 2) * 2, LONGEST_WAIT_MS);
    const reason =
      error instanceof PartitionStopped
        ? error.message
        : `its next records can neither be taken nor parked (${String(error)}): tell the developers; it is tried again every ${LONGEST_WAIT_MS / 1000} s`;
    this.#stopped.set(key, { reason, wait });
    if (before?.reason !== reason) this.logger.error({ err: error, partition: key, reason }, 'a partition is stopped');
    const place = [{ topic, partitions: [partition] }];
    consumer.pause(place);
    // What was still being taken while it was closed leaves nothing that waits.
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#consumer === consumer && !this.#closed) consumer.resume(place);
    }, wait);
    this.#timers.add(timer);
  }

  #commit(): void {
    if (this.#reached.size === 0 || !this.#running) return;
    const offsets = [...this.#reached.values()];
    this.#reached.clear();
    this.#consumer?.commitOffsets(offsets).catch(() => undefined);
  }

  async #pause(ms: number): Promise<void> {
    await Promise.race([new Promise((resolve) => setTimeout(resolve, ms).unref()), this.#stopping]);
  }
}

class Hung extends Error {
  override readonly name = 'Hung';
}
