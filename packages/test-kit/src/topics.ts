import kafkajs from 'kafkajs';

export interface ReadMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

function client(broker: string): kafkajs.Kafka {
  return new kafkajs.Kafka({ brokers: [broker], clientId: 'test', logLevel: kafkajs.logLevel.NOTHING });
}

export async function makeTopics(broker: string, topics: readonly string[], partitions = 3): Promise<void> {
  const admin = client(broker).admin();
  await admin.connect();
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((t) => !existing.has(t));
  if (missing.length > 0)
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({ topic, numPartitions: partitions })),
    });
  await admin.disconnect();
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
