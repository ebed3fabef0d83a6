import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import kafkajs from 'kafkajs';
import { type Certificate, developmentCertificate } from './certificate.js';
import { type Child, startChild } from './child.js';
import { findJava, findKafka } from './tools.js';

const run = promisify(execFile);
const LOG4J = fileURLToPath(new URL('../kafka/log4j2.yaml', import.meta.url));

export interface KafkaServer {
  readonly child: Child;
  /** `host:port` */
  readonly broker: string;
  /** PEM file that clients of the partners' listener trust. */
  readonly authority: string;
}

/**
 * Starts a one-node Apache Kafka (KRaft) and waits until it answers. Data in `dir` is kept and taken up again. Services
 * come by a listener of this machine alone, where everybody may do everything; partners by one with TLS and
 * SCRAM-SHA-512, where nobody may do anything that no ACL allows.
 */
export async function startKafka(options: {
  dir: string;
  port: number;
  controllerPort: number;
  partnersPort: number;
  toolsDir: string;
  /** The port that clients are told to come to, where something stands before the broker. */
  advertisedPort?: number;
  /** One more broker (2 or above) of the cluster whose first one has this `controllerPort`. */
  node?: number;
}): Promise<KafkaServer> {
  const [java, jars] = [await findJava(options.toolsDir), await findKafka(options.toolsDir)];
  const data = join(options.dir, 'kafka');
  mkdirSync(data, { recursive: true });
  const properties = join(data, 'server.properties');
  const certificate = await developmentCertificate(join(options.dir, 'kafka-tls'));
  writeFileSync(properties, serverProperties({ ...options, certificate, logs: join(data, 'log') }));
  const base = ['-Xms128m', '-Xmx512m', `-Dlog4j2.configurationFile=${LOG4J}`, '-cp', join(jars, '*')];
  if (!existsSync(join(data, 'log/meta.properties'))) {
    await run(java, [...base, 'kafka.tools.StorageTool', 'format', '-t', 'gpectLocalClusterAAAAAA', '-c', properties]);
  }
  const child = startChild('kafka', java, [...base, 'kafka.Kafka', properties], {
    logFile: join(options.dir, 'logs/kafka.log'),
  });
  const broker = `127.0.0.1:${options.port}`;
  await answers(child, broker);
  return { child, broker, authority: certificate.authority };
}

function serverProperties({
  node = 1,
  port,
  advertisedPort = port,
  controllerPort,
  partnersPort,
  certificate,
  logs,
}: {
  node?: number;
  port: number;
  controllerPort: number;
  partnersPort: number;
  advertisedPort?: number;
  certificate: Certificate;
  logs: string;
}): string {
  const controller = node === 1 ? `CONTROLLER://127.0.0.1:${controllerPort},` : '';
  return `process.roles=${node === 1 ? 'broker,controller' : 'broker'}
node.id=${node}
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},${controller}PARTNERS://127.0.0.1:${partnersPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${advertisedPort},PARTNERS://127.0.0.1:${partnersPort}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PARTNERS:SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.partners.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.partners.ssl.keystore.type=PEM
listener.name.partners.ssl.keystore.location=${certificate.keyStore}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
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
