import { type Broker, startBroker } from '@gpect/test-kit/broker';
import { client as foreignClient, makeTopics } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectKafka } from '../src/kafka/kafka.js';
import { openTransactions } from '../src/kafka/records/open-transactions.js';
import { logger } from './workbench.js';

let kafka: Broker;
beforeAll(async () => {
  kafka = await startBroker();
}, 120_000);
afterAll(() => kafka.stop(), 60_000);

test('a transaction that a partner left open on its topic is seen with its age, and that it ended; what waited behind it is read', async () => {
  const topic = 'gpect.partner.cci.in';
  await makeTopics(kafka.broker, [topic], 1);
  const client = foreignClient(kafka.broker);
  const [held, free] = [
    client.producer({ transactionalId: 't', maxInFlightRequests: 1, idempotent: true }),
    client.producer(),
  ];
  await Promise.all([held.connect(), free.connect()]);
  const read: string[] = [];
  const bus = connectKafka({ brokers: kafka.broker, clientId: 'test', logger });
  const subscriber = bus.subscribe({
    groupId: 'g',
    topics: [topic],
    positions: async () => new Map(),
    onBatch: async ({ messages }) => {
      read.push(...messages.map(({ value }) => value));
      return (messages.at(-1)?.offset ?? 0) + 1;
    },
  });
  const open = () => openTransactions.at(performance.now()).filter((one) => one.topic === topic);
  try {
    const transaction = await held.transaction();
    await transaction.send({ topic, messages: [{ value: 'held' }] });
    await free.send({ topic, messages: [{ value: 'behind' }] });
    await until(
      async () => open(),
      (found) => (found[0]?.seconds ?? 0) > 1,
    );
    expect(open()).toMatchObject([{ partition: 0, offset: 0 }]);
    expect(read).toEqual([]);
    await transaction.abort();
    await until(
      async () => read,
      (all) => all.length > 0,
    );
    expect(read).toEqual(['behind']);
    await until(
      async () => open(),
      (found) => found.length === 0,
    );
  } finally {
    await subscriber.close();
    await Promise.all([held.disconnect(), free.disconnect(), bus.close()]);
  }
}, 90_000);
