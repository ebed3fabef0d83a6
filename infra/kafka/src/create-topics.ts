import type kafkajs from 'kafkajs';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;

/**
 * Makes topics and waits until the brokers know them with their leaders. kafkajs' own wait gives up where a broker says that
 * it does not host a topic that was made a moment ago, as one that is busy does.
 * @throws what was last said of the topics, after half a minute
 */
export async function createTopics(admin: kafkajs.Admin, topics: kafkajs.ITopicConfig[]): Promise<void> {
  await admin.createTopics({ waitForLeaders: false, topics });
  const names = topics.map(({ topic }) => topic);
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    const fault = await lacking(admin, names);
    if (!fault) return;
    if (Date.now() > until) throw fault;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function lacking(admin: kafkajs.Admin, names: string[]): Promise<Error | undefined> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: names });
    const without = topics.filter(({ partitions }) => partitions.length === 0 || partitions.some((p) => p.leader < 0));
    return without.length === 0
      ? undefined
      : new Error(`no broker leads ${without.map(({ name }) => name).join(', ')} yet`);
  } catch (error) {
    return error as Error;
  }
}
