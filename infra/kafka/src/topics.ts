import { readFileSync } from 'node:fs';
import kafkajs from 'kafkajs';
import { parse } from 'yaml';

interface Declared {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

interface TopicsFile {
  readonly defaults: Omit<Declared, 'name'>;
  readonly topics: readonly ({ readonly name: string } & Partial<Declared>)[];
}

function declaredTopics(): Declared[] {
  const { defaults, topics } = parse(readFileSync(new URL('../topics.yaml', import.meta.url), 'utf8')) as TopicsFile;
  return topics.map((t) => ({
    name: t.name,
    partitions: t.partitions ?? defaults.partitions,
    config: { ...defaults.config, ...t.config },
  }));
}

/** Makes the brokers agree with topics.yaml; what it changed, a sentence each. Nothing is ever deleted, and partitions never shrink. */
export async function applyTopics(brokers: string, replication = 1): Promise<string[]> {
  const kafka = new kafkajs.Kafka({
    brokers: brokers.split(','),
    clientId: 'topics',
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  const changes: string[] = [];
  await admin.connect();
  try {
    const declared = declaredTopics();
    const existing = new Set(await admin.listTopics());
    const missing = declared.filter((t) => !existing.has(t.name));
    if (missing.length > 0) {
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map(({ name, partitions, config }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor: replication,
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        })),
      });
      changes.push(...missing.map((t) => `created ${t.name} (${t.partitions} partitions)`));
    }
    for (const topic of declared.filter((t) => existing.has(t.name))) changes.push(...(await agree(admin, topic)));
    return changes;
  } finally {
    await admin.disconnect();
  }
}

async function agree(admin: kafkajs.Admin, { name, partitions, config }: Declared): Promise<string[]> {
  const changes: string[] = [];
  const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
  const now = topics[0]?.partitions.length ?? 0;
  if (now < partitions) {
    // Keys move between partitions when their number grows: order per aggregate holds only for events to come.
    await admin.createPartitions({ topicPartitions: [{ topic: name, count: partitions }] });
    changes.push(`${name}: ${now} -> ${partitions} partitions`);
  }
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: Object.keys(config) }],
  });
  const current = new Map(resources[0]?.configEntries.map((e) => [e.configName, e.configValue]));
  const differing = Object.entries(config).filter(([key, value]) => current.get(key) !== value);
  if (differing.length > 0) {
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name,
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        },
      ],
    });
    changes.push(...differing.map(([key, value]) => `${name}: ${key} ${current.get(key) ?? 'unset'} -> ${value}`));
  }
  return changes;
}
