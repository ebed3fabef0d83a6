import kafkajs from 'kafkajs';
import type { OutgoingMessage } from '../events/cloudevents.js';
import type { Logger } from '../observability/logger.js';
import type { Batch } from './batch.js';
import { InTurn } from './in-turn.js';
import { type FetchedMessage, readRecordsOurselves } from './records/fetch-response.js';
import { toIncoming } from './records/incoming.js';

/** The only file that knows kafkajs: the day it is replaced, this one changes. */
export interface EventBus {
  publisher(): Publisher;
  subscribe(options: Subscription): Subscriber;
  /** The topics themselves; of a pattern (`gpect.partner.*.in`) those that there are now. */
  existing(topics: readonly string[]): Promise<string[]>;
  /** Every topic that there is, as far as this service may see it. */
  topics(): Promise<readonly string[]>;
  /** End offsets (the offset of the next event) of each partition of a topic. */
  endOffsets(topic: string): Promise<Map<number, number>>;
  close(): Promise<void>;
}

export interface Publisher {
  /** Resolves when the brokers hold every message (acks = all); messages of one key keep their order. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  close(): Promise<void>;
}

export interface Subscription {
  readonly groupId: string;
  /** Names, or patterns with `*`: topics of a pattern that come later are read from within some seconds. */
  readonly topics: readonly string[];
  /**
   * Takes a batch of one partition, in order, and says the offset to go on from. It is called again with the same
   * messages until it resolves. Returning an offset other than the one after the batch moves the reader there.
   */
  readonly onBatch: (batch: Batch) => Promise<number>;
  /** Where one partition must keep no other waiting: slices of them are taken in turn, some at the same time. */
  readonly inTurn?: { readonly slice: number; readonly atOnce: number };
  /** Where each `topic/partition` stands by the database, which is the truth; from 0 where it knows nothing. */
  readonly positions: () => Promise<ReadonlyMap<string, number>>;
}

export interface Subscriber {
  /** Moves a partition's reader. */
  seek(topic: string, partition: number, offset: number): void;
  assigned(): ReadonlyMap<string, readonly number[]>;
  running(): boolean;
  close(): Promise<void>;
}

/** A user of the brokers, and by which certificates they are known. */
export interface KafkaAccess {
  readonly username: string;
  readonly password: string;
  /** PEM; those that Node trusts where it is empty. */
  readonly certificates: string;
}

function securityOf(access: KafkaAccess | undefined): Pick<kafkajs.KafkaConfig, 'sasl' | 'ssl'> {
  if (!access?.username && !access?.certificates) return {};
  const { username, password, certificates } = access;
  return {
    ssl: certificates ? { ca: [certificates] } : true,
    ...(username ? { sasl: { mechanism: 'scram-sha-512', username, password } } : {}),
  };
}

/** Bytes of one produce request; well below the brokers' limit for a batch. */
const REQUEST_BYTES = 700_000;

export function connectKafka({
  brokers,
  clientId,
  logger,
  access,
}: {
  brokers: string;
  /** How the service is known to the brokers; by nothing where it has no user. */
  access?: KafkaAccess;
  clientId: string;
  logger: Logger;
}): EventBus {
  readRecordsOurselves();
  const kafka = new kafkajs.Kafka({
    clientId,
    brokers: brokers.split(','),
    ...securityOf(access),
    connectionTimeout: 3000,
    retry: { initialRetryTime: 200, maxRetryTime: 3000, retries: 8 },
    logCreator:
      () =>
      ({ level, log, namespace }) => {
        const { message, ...rest } = log;
        const detail = { kafka: namespace, error: rest['error'] as unknown };
        if (level <= kafkajs.logLevel.ERROR) logger.warn(detail, message);
        else logger.debug(detail, message);
      },
  });
  let connecting: Promise<kafkajs.Admin> | undefined;
  const admin = (): Promise<kafkajs.Admin> => {
    connecting ??= (async () => {
      const fresh = kafka.admin({ retry: { retries: 1 } });
      await fresh.connect();
      return fresh;
    })();
    connecting.catch(() => {
      connecting = undefined;
    });
    return connecting;
  };
  const existing = async (topics: readonly string[]): Promise<string[]> => {
    if (!topics.some(isPattern)) return [...topics];
    const all = await (await admin()).listTopics();
    return topics.flatMap((topic) => (isPattern(topic) ? all.filter((name) => matches(topic, name)).sort() : [topic]));
  };
  return {
    publisher: () => createPublisher(kafka),
    subscribe: (options) => createSubscriber(kafka, options, existing, logger),
    existing,
    topics: async () => (await admin()).listTopics(),
    endOffsets: async (topic) => {
      const offsets = await (await admin()).fetchTopicOffsets(topic);
      return new Map(offsets.map((o) => [o.partition, Number(o.high)]));
    },
    close: async () => {
      await connecting?.then((open) => open.disconnect()).catch(() => undefined);
    },
  };
}

const isPattern = (topic: string): boolean => topic.includes('*');

/** One `*` stands for any characters. */
function matches(pattern: string, topic: string): boolean {
  const [before = '', after = ''] = pattern.split('*');
  return topic.length >= pattern.length - 1 && topic.startsWith(before) && topic.endsWith(after);
}

function createPublisher(kafka: kafkajs.Kafka): Publisher {
  const producer = kafka.producer({ allowAutoTopicCreation: false, maxInFlightRequests: 1 });
  let connected: Promise<void> | undefined;
  return {
    publish: async (messages) => {
      connected ??= producer.connect();
      await connected.catch((error: unknown) => {
        connected = undefined;
        throw error;
      });
      for (const request of inRequests(messages)) await producer.sendBatch({ acks: -1, topicMessages: request });
    },
    close: () => producer.disconnect(),
  };
}

function* inRequests(messages: readonly OutgoingMessage[]): Generator<kafkajs.TopicMessages[]> {
  let byTopic = new Map<string, kafkajs.Message[]>();
  let bytes = 0;
  for (const { topic, key, headers, value } of messages) {
    const list = byTopic.get(topic) ?? [];
    list.push({ key, value, headers });
    byTopic.set(topic, list);
    bytes += value.length + 500;
    if (bytes > REQUEST_BYTES) {
      yield [...byTopic].map(([name, list]) => ({ topic: name, messages: list }));
      byTopic = new Map();
      bytes = 0;
    }
  }
  if (byTopic.size > 0) yield [...byTopic].map(([topic, list]) => ({ topic, messages: list }));
}

function createSubscriber(
  kafka: kafkajs.Kafka,
  { groupId, topics, onBatch, positions, inTurn }: Subscription,
  existing: EventBus['existing'],
  logger: Logger,
): Subscriber {
  let closed = false;
  let isRunning = false;
  let assignment: ReadonlyMap<string, readonly number[]> = new Map();
  let current: kafkajs.Consumer | undefined;
  let stop: () => void = () => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
  });
  // Commits are only for those who watch the group (the truth is the position in the database): one a second will do.
  const reached = new Map<string, { topic: string; partition: number; offset: string }>();
  const goesOnFrom = (topic: string, partition: number, next: number) =>
    reached.set(`${topic}/${partition}`, { topic, partition, offset: String(next) });
  const committing = setInterval(() => {
    if (reached.size === 0 || !isRunning) return;
    const offsets = [...reached.values()];
    reached.clear();
    current?.commitOffsets(offsets).catch(() => undefined);
  }, 1000);

  /** Every new assignment begins where the database stands, whatever the group last committed. */
  const goToPositions = async (
    consumer: kafkajs.Consumer,
    assigned: Readonly<Record<string, number[]>>,
  ): Promise<boolean> => {
    try {
      const stored = await positions();
      for (const [topic, partitions] of Object.entries(assigned)) {
        for (const partition of partitions) {
          consumer.seek({ topic, partition, offset: String(Math.max(0, stored.get(`${topic}/${partition}`) ?? 0)) });
        }
      }
      return true;
    } catch (error) {
      // The next batch compares its first offset with the database and goes back if it must.
      logger.debug({ err: error, groupId }, 'positions cannot be read now');
      return false;
    }
  };

  // A consumer that crashes for good (kafkajs#1183, #1720) is thrown away and made anew.
  const runOnce = async (): Promise<void> => {
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: 20_000,
      heartbeatInterval: 2000,
      maxBytesPerPartition: 2_000_000,
      maxWaitTimeInMs: 300,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 200, maxRetryTime: 3000, retries: 5, restartOnFailure: async () => false },
    });
    current = consumer;
    let failed: (error: Error) => void = () => undefined;
    const crashed = new Promise<Error>((resolve) => {
      failed = resolve;
      consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
    });
    const lines =
      inTurn &&
      new InTurn({
        ...inTurn,
        take: onBatch,
        reached: (topic, partition, next) => goesOnFrom(topic, partition, next),
        seek: (topic, partition, offset) => consumer.seek({ topic, partition, offset: String(offset) }),
        pause: (topic, partition) => consumer.pause([{ topic, partitions: [partition] }]),
        resume: (topic, partition) => consumer.resume([{ topic, partitions: [partition] }]),
        failed: (error) => failed(error instanceof Error ? error : new Error(String(error))),
      });
    let positioned: Promise<boolean> = Promise.resolve(false);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      assignment = new Map(Object.entries(payload.memberAssignment));
      isRunning = true;
      lines?.drop();
      positioned = goToPositions(consumer, payload.memberAssignment);
    });
    let names = await existing(topics);
    // Of a pattern there may be no topic yet.
    while (names.length === 0) {
      await Promise.race([new Promise((resolve) => setTimeout(resolve, NEW_TOPICS_MS)), stopped]);
      if (closed) return;
      names = await existing(topics);
    }
    await consumer.connect();
    await consumer.subscribe({ topics: names, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async ({ batch, isRunning: running, isStale, resolveOffset, heartbeat }) => {
        if (closed || batch.messages.length === 0) return;
        const { topic, partition } = batch;
        const messages = batch.messages.map((m) => toIncoming(topic, partition, m as FetchedMessage));
        if (lines) {
          // Taken later, so surely from where the database stands: what was fetched before that is known is fetched again.
          if (!(await positioned)) {
            positioned = goToPositions(consumer, Object.fromEntries([...assignment].map(([t, ps]) => [t, [...ps]])));
            if (!(await positioned)) await new Promise((resolve) => setTimeout(resolve, 500));
            return;
          }
          if (closed || !running() || isStale()) return;
          lines.put(topic, partition, messages);
          resolveOffset(batch.lastOffset());
          return;
        }
        const next = await onBatch({
          topic,
          partition,
          messages,
          stale: () => closed || !running() || isStale(),
          heartbeat,
        });
        const after = Number(batch.lastOffset()) + 1;
        if (next === after) resolveOffset(batch.lastOffset());
        else consumer.seek({ topic, partition, offset: String(next) });
        goesOnFrom(topic, partition, next);
      },
    });
    const { grown, watching } = watchTopics(topics, names, existing);
    const error = await Promise.race([crashed, stopped, grown]);
    clearInterval(watching);
    isRunning = false;
    lines?.close();
    await consumer.disconnect().catch(() => undefined);
    if (error) throw error;
  };

  const forever = (async () => {
    while (!closed) {
      try {
        await runOnce();
      } catch (error) {
        isRunning = false;
        if (closed) return;
        logger.warn({ err: error, groupId }, 'the consumer stopped; it is started again');
        await current?.disconnect().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  })();

  return {
    seek: (topic, partition, offset) => current?.seek({ topic, partition, offset: String(offset) }),
    assigned: () => assignment,
    running: () => isRunning,
    close: async () => {
      closed = true;
      clearInterval(committing);
      stop();
      await Promise.race([forever, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
    },
  };
}

const NEW_TOPICS_MS = 3000;

/** Resolves when a pattern has more topics than it had: the consumer is made anew to read them too. */
function watchTopics(
  topics: readonly string[],
  names: readonly string[],
  existing: EventBus['existing'],
): { grown: Promise<undefined>; watching: NodeJS.Timeout | undefined } {
  let watching: NodeJS.Timeout | undefined;
  const grown = new Promise<undefined>((resolve) => {
    if (!topics.some(isPattern)) return;
    watching = setInterval(async () => {
      const now = await existing(topics).catch(() => names);
      if (now.some((name) => !names.includes(name))) resolve(undefined);
    }, NEW_TOPICS_MS);
  });
  return { grown, watching };
}
