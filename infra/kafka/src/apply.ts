import { applyTopics } from './topics.js';

const brokers = process.env['KAFKA_BROKERS'];
if (!brokers) {
  process.stderr.write('KAFKA_BROKERS is missing: name the bootstrap brokers, e.g. kafka:9092\n');
  process.exit(78);
}
try {
  const changes = await applyTopics(brokers, Number(process.env['KAFKA_REPLICATION'] ?? 1));
  process.stdout.write(changes.length === 0 ? 'topics agree with topics.yaml\n' : `${changes.join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
