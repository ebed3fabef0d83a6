import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import kafkajs from 'kafkajs';
import { type Child, startChild } from './child.js';
import { findJava, findKafka } from './tools.js';

const run = promisify(execFile);
const LOG4J = fileURLToPath(new URL('../kafka/log4j2.yaml', import.meta.url));

export interface KafkaServer {
  readonly child: Child;
  /** `host:port` */
  readonly broker: string;
}

/** Starts a one-node Apache Kafka (KRaft) on two ports and waits until it answers. Data in `dir` is kept and taken up again. */
export async function startKafka(options: {
  dir: string;
  port: number;
  controllerPort: number;
  toolsDir: string;
}): Promise<KafkaServer> {
  const [java, jars] = [await findJava(options.toolsDir), await findKafka(options.toolsDir)];
  const data = join(options.dir, 'kafka');
  mkdirSync(data, { recursive: true });
  const properties = join(data, 'server.properties');
  writeFileSync(properties, serverProperties({ ...options, logs: join(data, 'log') }));
  const base = ['-Xms128m', '-Xmx512m', `-Dlog4j2.configurationFile=${LOG4J}`, '-cp', join(jars, '*')];
  if (!existsSync(join(data, 'log/meta.properties'))) {
    await run(java, [...base, 'kafka.tools.StorageTool', 'format', '-t', 'gpectLocalClusterAAAAAA', '-c', properties]);
  }
  const child = startChild('kafka', java, [...base, 'kafka.Kafka', properties], {
    logFile: join(options.dir, 'logs/kafka.log'),
  });
  const broker = `127.0.0.1:${options.port}`;
  await answers(child, broker);
  return { child, broker };
}

function serverProperties({
  port,
  controllerPort,
  logs,
}: {
  port: number;
  controllerPort: number;
  logs: string;
}): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${logs}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`;
}

async function answers(child: Child, broker: string): Promise<void> {
  const client = new kafkajs.Kafka({
    brokers: [broker],
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 0 },
    connectionTimeout: 1000,
  });
  const deadline = Date.now() + 90_000;
  for (;;) {
    if (!child.running()) throw new Error(`Kafka did not start: see ${child.logFile}`);
    const admin = client.admin();
    try {
      await admin.connect();
      await admin.describeCluster();
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`Kafka is not ready after 90 s: ${String(error)}; see ${child.logFile}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}
