import { readEnvironment } from '@gpect/service-kit/config/environment';
import { TOPICS_CONFIG } from './config.js';
import { applyTopics } from './topics.js';

const { KAFKA_BROKERS, KAFKA_REPLICATION } = readEnvironment(process.env, TOPICS_CONFIG);
try {
  const changes = await applyTopics(KAFKA_BROKERS, KAFKA_REPLICATION);
  process.stdout.write(changes.length === 0 ? 'topics agree with topics.yaml\n' : `${changes.join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
