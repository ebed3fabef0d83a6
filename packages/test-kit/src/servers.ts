import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startKafka } from '@gpect/local-servers/kafka';
import { startMongod } from '@gpect/local-servers/mongod';
import { freePorts } from '@gpect/local-servers/ports';
import { type Relay, startRelay } from './relay.js';

/** A real broker and a real mongod of a test's own, on free ports, with data that goes when they stop. */
export interface Servers {
  readonly broker: string;
  /** Connection string of a database that no other test uses. */
  freshDatabase(): string;
  stop(): Promise<void>;
}

const TOOLS = fileURLToPath(new URL('../../../.local/tools', import.meta.url));

/** A real mongod alone, for what needs no broker. */
export async function startDatabase(): Promise<Omit<Servers, 'broker'> & { readonly pid: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-test-'));
  const [port = 0] = await freePorts(1);
  const mongod = await startMongod({ dir, port, toolsDir: TOOLS });
  return {
    pid: mongod.child.pid,
    freshDatabase: () => mongod.urlOf(`t-${randomUUID().slice(0, 8)}`),
    stop: async () => {
      await mongod.child.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Servers whose broker stands behind a relay that can hang, and whose data can be put back. */
export interface ShakyServers extends Servers {
  readonly relay: Relay;
  /** Stops the broker, changes its data, and starts it again. */
  withKafkaStopped(change: (data: string) => void): Promise<void>;
}

export async function startShakyServers(): Promise<ShakyServers> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-test-'));
  const [mongoPort = 0, port = 0, controllerPort = 0, partnersPort = 0, advertisedPort = 0] = await freePorts(5);
  const options = { dir, port, controllerPort, partnersPort, advertisedPort, toolsDir: TOOLS };
  const [mongod, first, relay] = await Promise.all([
    startMongod({ dir, port: mongoPort, toolsDir: TOOLS }),
    startKafka(options),
    startRelay(advertisedPort, port),
  ]);
  let kafka = first;
  return {
    relay,
    broker: `127.0.0.1:${advertisedPort}`,
    freshDatabase: () => mongod.urlOf(`t-${randomUUID().slice(0, 8)}`),
    withKafkaStopped: async (change) => {
      await kafka.child.stop();
      change(join(dir, 'kafka/log'));
      kafka = await startKafka(options);
    },
    stop: async () => {
      relay.close();
      await Promise.all([mongod.child.stop(), kafka.child.stop()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Servers with a second broker, which can be frozen or killed while the first one is there. */
export interface TwoBrokers extends Servers {
  /** Process id of the second broker. */
  readonly second: () => number;
  killSecond(): Promise<void>;
  startSecond(): Promise<void>;
  withBothKilled(meanwhile: () => Promise<void>): Promise<void>;
}

export async function startTwoBrokers(): Promise<TwoBrokers> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-test-'));
  const [mongoPort = 0, port = 0, controllerPort = 0, partnersPort = 0, port2 = 0, partnersPort2 = 0] =
    await freePorts(6);
  const one = { dir, port, controllerPort, partnersPort, toolsDir: TOOLS };
  const two = { ...one, dir: join(dir, 'second'), port: port2, partnersPort: partnersPort2, node: 2 };
  const mongod = await startMongod({ dir, port: mongoPort, toolsDir: TOOLS });
  let first = await startKafka(one);
  let second = await startKafka(two);
  return {
    broker: first.broker,
    freshDatabase: () => mongod.urlOf(`t-${randomUUID().slice(0, 8)}`),
    second: () => second.child.pid,
    killSecond: async () => {
      second.child.kill('SIGKILL');
      await second.child.ended;
    },
    startSecond: async () => {
      second = await startKafka(two);
    },
    withBothKilled: async (meanwhile) => {
      for (const { child } of [first, second]) child.kill('SIGKILL');
      await Promise.all([first.child.ended, second.child.ended]);
      await meanwhile();
      [first, second] = await Promise.all([startKafka(one), startKafka(two)]);
    },
    stop: async () => {
      second.child.kill('SIGCONT');
      await Promise.all([mongod.child.stop(), second.child.stop()]);
      await first.child.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export async function startServers(): Promise<Servers> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-test-'));
  const [mongoPort = 0, kafkaPort = 0, controllerPort = 0, partnersPort = 0] = await freePorts(4);
  const [mongod, kafka] = await Promise.all([
    startMongod({ dir, port: mongoPort, toolsDir: TOOLS }),
    startKafka({ dir, port: kafkaPort, controllerPort, partnersPort, toolsDir: TOOLS }),
  ]);
  return {
    broker: kafka.broker,
    freshDatabase: () => mongod.urlOf(`t-${randomUUID().slice(0, 8)}`),
    stop: async () => {
      await Promise.all([mongod.child.stop(), kafka.child.stop()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
