import { createServer } from 'node:net';
import { startTwoBrokers, type TwoBrokers } from '@gpect/test-kit/servers';
import { makeTopicOn, readAll } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { partitionOf } from '../src/kafka/appender.js';
import { connectKafka } from '../src/kafka/kafka.js';
import { asideOf } from '../src/outbox/aside.js';
import { outboxOf, toEntries } from '../src/outbox/outbox.js';
import { Relay } from '../src/outbox/relay.js';
import { logger, openWorkbench, type Workbench } from './workbench.js';

/** Two brokers as processes, each the leader of some partitions. */
let servers: TwoBrokers;
let bench: Workbench;
let relay: Relay;
const TOPIC = 'on-two-brokers';
/** Partition 0 is the first broker's, partition 1 the second's. */
const keysOf = (partition: number) =>
  Array.from({ length: 60 }, (_, i) => `firm-${i}`).filter((key) => partitionOf(key, 2) === partition);

beforeAll(async () => {
  servers = await startTwoBrokers();
  bench = await openWorkbench(servers.freshDatabase(), servers.broker);
  await makeTopicOn(servers.broker, TOPIC, [1, 2]);
  relay = new Relay(bench.connection, bench.bus.publisher(), logger);
  relay.start();
}, 240_000);
afterAll(async () => {
  await relay.stop();
  await bench.bus.close();
  await bench.connection.close();
  await servers.stop();
}, 120_000);

const said = new Map<string, number>();
async function say(keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const sequence = (said.get(key) ?? 0) + 1;
    said.set(key, sequence);
    const headers = { ce_id: `${key}#${sequence}`, ce_sequence: String(sequence) };
    await outboxOf(bench.connection).insertMany(toEntries([{ topic: TOPIC, key, headers, value: '{}' }], []));
  }
}

const left = () => outboxOf(bench.connection).countDocuments();
const aside = () => asideOf(bench.connection).countDocuments();
const empty = (count: number) => count === 0;

async function everythingOnceAndInOrder(): Promise<void> {
  await until(left, empty, 60_000);
  await until(aside, empty, 60_000);
  const messages = await readAll(servers.broker, TOPIC);
  for (const [key, count] of said) {
    const sequences = messages.filter((m) => m.key === key).map((m) => Number(m.headers['ce_sequence']));
    expect([key, sequences]).toEqual([key, Array.from({ length: count }, (_, i) => i + 1)]);
  }
}

test('a broker that is frozen holds up its own partitions alone, also what was on its way to it, and all is there once when it wakes', async () => {
  await say([...keysOf(0), ...keysOf(1)]);
  await until(left, empty);
  process.kill(servers.second(), 'SIGSTOP');
  const began = performance.now();
  await say([...keysOf(1).slice(0, 5), ...keysOf(0)]);
  await until(left, empty, 30_000);
  // Those of the other broker do not wait for a second time, though more comes for the frozen one.
  const again = performance.now();
  await say([...keysOf(1).slice(0, 8), ...keysOf(0)]);
  await until(left, empty, 30_000);
  console.info(`first ${Math.round(again - began)} ms, then ${Math.round(performance.now() - again)} ms`);
  expect(await aside()).toBe(13);
  process.kill(servers.second(), 'SIGCONT');
  await everythingOnceAndInOrder();
});

test('a broker that is dead holds up its own partitions alone, and they go on by themselves once it is back', async () => {
  await servers.killSecond();
  await say([...keysOf(1).slice(0, 5), ...keysOf(0)]);
  await until(left, empty, 30_000);
  await say([...keysOf(1).slice(3, 8), ...keysOf(0)]);
  await until(left, empty, 30_000);
  expect(await aside()).toBe(10);
  await servers.startSecond();
  await everythingOnceAndInOrder();
});

test('when no broker is there, nothing is set aside, and all goes on by itself afterwards', async () => {
  await servers.withBothKilled(async () => {
    await say([...keysOf(0), ...keysOf(1)]);
    await until(
      async () => relay.trouble(),
      (trouble) => trouble !== undefined,
      30_000,
    );
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(await aside()).toBe(0);
    expect(await left()).toBe(60);
  });
  await everythingOnceAndInOrder();
});

test('a first broker that takes connections and answers nothing keeps no question from the others', async () => {
  const silent = createServer(() => undefined);
  const port = await new Promise<number>((resolve) =>
    silent.listen(0, '127.0.0.1', () => resolve((silent.address() as { port: number }).port)),
  );
  const bus = connectKafka({ brokers: `127.0.0.1:${port},${servers.broker}`, clientId: 'asks', logger });
  try {
    const found = await until(
      () => bus.existing([TOPIC]).catch((): string[] => []),
      (topics) => topics.length > 0,
      120_000,
    );
    expect(found).toEqual([TOPIC]);
  } finally {
    await bus.close();
    silent.close();
  }
}, 180_000);
