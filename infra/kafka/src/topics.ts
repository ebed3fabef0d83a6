import { readFileSync } from 'node:fs';
import kafkajs from 'kafkajs';
import { parse } from 'yaml';
import { createTopics } from './create-topics.js';

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

/**
 * Makes the brokers agree with topics.yaml; what it changed, a sentence each. Nothing is ever deleted, and partitions never
 * shrink, nor grow under events: keys would move, and an aggregate's later events overtake its earlier ones.
 * @throws where a topic that holds events should have more partitions; nothing is changed then
 */
export async function applyTopics(
  brokers: string,
  replication = 1,
  declared: readonly Declared[] = declaredTopics(),
): Promise<string[]> {
  const kafka = new kafkajs.Kafka({
    brokers: brokers.split(','),
    clientId: 'topics',
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  const changes: string[] = [];
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = declared.filter((t) => !existing.has(t.name));
    const there = declared.filter((t) => existing.has(t.name));
    await refuseToMoveKeys(admin, there);
    if (missing.length > 0) {
      await createTopics(
        admin,
        missing.map(({ name, partitions, config }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor: replication,
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        })),
      );
      changes.push(...missing.map((t) => `created ${t.name} (${t.partitions} partitions)`));
    }
    for (const topic of there) changes.push(...(await agree(admin, topic)));
    return changes;
  } finally {
    await admin.disconnect();
  }
}

async function refuseToMoveKeys(admin: kafkajs.Admin, topics: readonly Declared[]): Promise<void> {
  const refused: string[] = [];
  for (const { name, partitions } of topics) {
    const offsets = await admin.fetchTopicOffsets(name);
    const events = offsets.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
    if (offsets.length >= partitions || events === 0) continue;
    refused.push(
      `${name} has ${offsets.length} partitions and holds ${events} events: with ${partitions} their keys would move, and events of one aggregate overtake each other. Write "partitions: ${offsets.length}" for it in topics.yaml; who needs more partitions makes a new topic`,
    );
  }
  if (refused.length > 0) throw new Error(`nothing was changed\n${refused.join('\n')}`);
}

async function agree(admin: kafkajs.Admin, { name, partitions, config }: Declared): Promise<string[]> {
  const changes: string[] = [];
  const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
  const now = topics[0]?.partitions.length ?? 0;
  if (now < partitions) {
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
