import kafkajs from 'kafkajs';
import type { Logger } from '../observability/logger.js';
import type { KafkaAccess } from './access.js';
import { Appender } from './appender.js';
import { Asker } from './asker.js';
import { createPublisher, type Publisher } from './publisher.js';
import { readRecordsOurselves } from './records/fetch-response.js';
import { KafkaSubscriber } from './subscriber.js';
import type { Subscriber, Subscription } from './subscription.js';
import { askForTopicIds, type PartitionWithId } from './topic-ids.js';
import { lookWhileRequestsWait } from './waiting-requests.js';

/** The only folder that knows clients of Kafka: the day one is replaced, this one changes. */
export interface EventBus {
  publisher(): Publisher;
  subscribe(options: Subscription): Subscriber;
  /** Those of the topics that there are now; of a pattern (`gpect.*.events`) all of them. */
  existing(topics: readonly string[]): Promise<string[]>;
  /** Every topic that there is, as far as this service may see it. */
  topics(): Promise<readonly string[]>;
  /** The id of a topic, which another one of its name does not have; asked for again for another connection, and every few seconds. */
  topicId(topic: string, connection?: number): Promise<string>;
  /** End offsets (the offset of the next event) of each partition of a topic. */
  endOffsets(topic: string): Promise<Map<number, number>>;
  close(): Promise<void>;
}

function securityOf(access: KafkaAccess | undefined): Pick<kafkajs.KafkaConfig, 'sasl' | 'ssl'> {
  if (!access?.username && !access?.certificates) return {};
  const { username, password, certificates } = access;
  return {
    ssl: certificates ? { ca: [certificates] } : true,
    ...(username ? { sasl: { mechanism: 'scram-sha-512', username, password } } : {}),
  };
}

/** Each attempt begins at another broker: kafkajs would ask one that stands still again and again, since it takes connections. */
function inAnyOrder(brokers: readonly string[]): string[] {
  const places = new Map(brokers.map((broker) => [broker, Math.random()]));
  return [...places].sort(([, a], [, b]) => a - b).map(([broker]) => broker);
}

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
  askForTopicIds();
  lookWhileRequestsWait();
  const config: kafkajs.KafkaConfig = {
    clientId,
    brokers: async () => inAnyOrder(brokers.split(',')),
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
  };
  const asker = new Asker(new kafkajs.Kafka({ ...config, requestTimeout: ANSWER_MS }));
  const existing = async (topics: readonly string[]): Promise<string[]> => {
    const all = await asker.ask((admin) => admin.listTopics());
    return topics.flatMap((topic) => all.filter((name) => matches(topic, name)).sort());
  };
  const ids = new Map<string, { readonly id: string; readonly connection: number; readonly at: number }>();
  const topicId = async (topic: string, connection = 0): Promise<string> => {
    const known = ids.get(topic);
    if (known && known.connection === connection && Date.now() - known.at < ID_HOLDS_MS) return known.id;
    const at = Date.now();
    const { topics } = await asker.ask((admin) => admin.fetchTopicMetadata({ topics: [topic] }));
    const [partition] = (topics[0]?.partitions ?? []) as unknown as PartitionWithId[];
    const id = partition?.topicId ?? '';
    ids.set(topic, { id, connection, at });
    return id;
  };
  return {
    publisher: () => createPublisher(new Appender({ brokers, clientId, access })),
    subscribe: (options) => new KafkaSubscriber(config, options, { existing, topicId }, logger),
    existing,
    topics: () => asker.ask((admin) => admin.listTopics()),
    topicId,
    endOffsets: async (topic) => {
      const offsets = await asker.ask((admin) => admin.fetchTopicOffsets(topic));
      return new Map(offsets.map((o) => [o.partition, Number(o.high)]));
    },
    close: () => asker.close(),
  };
}

/** Questions that are not answered by then have failed (ms). */
const ANSWER_MS = 5000;
/** How long the id of a topic is taken to hold. */
const ID_HOLDS_MS = 1000;

/** One `*` stands for any characters. */
function matches(pattern: string, topic: string): boolean {
  if (!pattern.includes('*')) return pattern === topic;
  const [before = '', after = ''] = pattern.split('*');
  return topic.length >= pattern.length - 1 && topic.startsWith(before) && topic.endsWith(after);
}
