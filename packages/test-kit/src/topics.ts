import kafkajs from 'kafkajs';
import { until } from './until.js';

export interface ReadMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

/** A client that is none of the services', as a partner may have one. */
export function client(broker: string): kafkajs.Kafka {
  return new kafkajs.Kafka({ brokers: [broker], clientId: 'test', logLevel: kafkajs.logLevel.NOTHING });
}

export async function makeTopics(broker: string, topics: readonly string[], partitions = 3): Promise<void> {
  const admin = client(broker).admin();
  await admin.connect();
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((t) => !existing.has(t));
  if (missing.length > 0)
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map((topic) => ({ topic, numPartitions: partitions })),
    });
  // Brokers hear of a topic a moment after it was made.
  await until(
    () => admin.fetchTopicMetadata({ topics: [...topics] }).catch(() => undefined),
    (seen) => seen?.topics.every((topic) => topic.partitions.every(({ leader }) => leader >= 0)) ?? false,
  );
  // A broker is named the leader of a partition a moment before it takes records for it; who is not yet refuses to say its end.
  await until(
    () =>
      Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic))).then(
        () => true,
        () => false,
      ),
    (isLed) => isLed,
  );
  await admin.disconnect();
}

/** A topic of which each partition is on the one broker that is given for it. */
export async function makeTopicOn(broker: string, topic: string, nodes: readonly number[]): Promise<void> {
  const admin = client(broker).admin();
  await admin.connect();
  const replicaAssignment = nodes.map((node, partition) => ({ partition, replicas: [node] }));
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, replicaAssignment }] });
  await admin.disconnect();
}

/** Deletes a topic and makes it again, as somebody does who empties it. */
export async function remakeTopic(broker: string, topic: string, partitions = 1): Promise<void> {
  const admin = client(broker).admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
  for (;;) {
    try {
      return await makeTopics(broker, [topic], partitions);
    } catch {
      // It is still being deleted.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Raises what a topic takes at once. */
export async function allowLarger(broker: string, topic: string, bytes: number): Promise<void> {
  const admin = client(broker).admin();
  await admin.connect();
  const configEntries = [{ name: 'max.message.bytes', value: String(bytes) }];
  const resources = [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries }];
  await admin.alterConfigs({ validateOnly: false, resources });
  await admin.disconnect();
}

/** What a topic's first partition holds before an offset is kept no longer. */
export async function deleteRecords(broker: string, topic: string, before: number): Promise<void> {
  const admin = client(broker).admin();
  await admin.connect();
  // kafkajs knows the leaders of topics that it was asked about.
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(before) }] });
  await admin.disconnect();
}

/** Writes messages to a topic, all to its first partition. */
export async function produce(
  broker: string,
  topic: string,
  messages: readonly Pick<ReadMessage, 'key' | 'headers' | 'value'>[],
): Promise<void> {
  const producer = client(broker).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({
    topic,
    messages: messages.map(({ key, headers, value }) => ({ key, headers, value, partition: 0 })),
  });
  await producer.disconnect();
}

/** Everything that a topic holds now, in the order of each partition. */
export async function readAll(broker: string, topic: string): Promise<ReadMessage[]> {
  const kafka = client(broker);
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  let wanted = ends.reduce((sum, e) => sum + Number(e.high) - Number(e.low), 0);
  const read: ReadMessage[] = [];
  if (wanted === 0) return read;
  const consumer = kafka.consumer({ groupId: `test-${Math.random()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve) => {
    void consumer.run({
      eachMessage: async ({ partition, message }) => {
        const headers = Object.fromEntries(Object.entries(message.headers ?? {}).map(([k, v]) => [k, String(v)]));
        read.push({
          topic,
          partition,
          offset: Number(message.offset),
          key: String(message.key),
          headers,
          value: String(message.value),
        });
        if (--wanted === 0) resolve();
      },
    });
  });
  await consumer.disconnect();
  return read;
}
