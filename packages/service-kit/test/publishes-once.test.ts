import { type Broker, startBroker } from '@gpect/test-kit/broker';
import { client, makeTopics, readAll } from '@gpect/test-kit/topics';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Appender } from '../src/kafka/appender.js';
import { createPublisher, type Publisher } from '../src/kafka/publisher.js';

/** What has no outbox, as what partners send over HTTP, while the real broker stands still (SIGSTOP). */
let kafka: Broker;
const publishers: Publisher[] = [];
/** As Kafka numbers what has a configuration. */
const TOPIC_RESOURCE = 2;

beforeAll(async () => {
  kafka = await startBroker();
}, 120_000);
afterAll(async () => {
  await Promise.all(publishers.map((p) => p.close()));
  await kafka.stop();
}, 60_000);

async function open(topic: string, waitMs?: number): Promise<Publisher> {
  await makeTopics(kafka.broker, [topic], 1);
  const publisher = createPublisher(new Appender({ brokers: kafka.broker, clientId: 'test' }), waitMs);
  publishers.push(publisher);
  return publisher;
}

const message = (topic: string, n: number) => ({ topic, key: `k${n % 3}`, headers: { ce_id: `e${n}` }, value: `${n}` });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function frozen<T>(ms: number, during: () => Promise<T>): Promise<T> {
  kafka.freeze();
  const thawed = pause(ms).then(() => kafka.thaw());
  try {
    return await during();
  } finally {
    await thawed;
  }
}

async function idsOn(topic: string): Promise<string[]> {
  return (await readAll(kafka.broker, topic)).map(({ headers }) => headers['ce_id'] ?? '');
}

test('what is published while the brokers stand still for 14 s is on its topic once, in its order, and so its sender is told', async () => {
  const topic = 'gpect.partner.a.in';
  const publisher = await open(topic);
  const told: unknown[] = await publisher.publishEach([message(topic, 0)]);
  // One after the other, as requests come while one is on its way.
  const during = async () => {
    const all: Promise<unknown>[] = [];
    for (let n = 1; n <= 20; n++) {
      all.push(publisher.publishEach([message(topic, n)]));
      await pause(n < 4 ? 5 : 200);
    }
    return (await Promise.all(all)).flat();
  };
  told.push(...(await frozen(14_000, during)));
  expect(told).toEqual(told.map(() => undefined));
  await pause(500);
  expect(await idsOn(topic)).toEqual(Array.from({ length: 21 }, (_, n) => `e${n}`));
});

test('who is not told in time sends the same again, and again: it is there once, and what was never sent is not there', async () => {
  const topic = 'gpect.partner.b.in';
  const publisher = await open(topic, 2000);
  await publisher.publishEach([message(topic, 0)]);
  const first = await frozen(13_000, async () => {
    const asked = publisher.publishEach([message(topic, 1)]);
    await pause(50);
    const behind = publisher.publishEach([message(topic, 2)]);
    expect(await asked).toEqual([{ maybe: true, reason: expect.any(String) }]);
    // While it is not known what came of the one before, nothing else is sent.
    expect((await behind)[0]).toBeDefined();
    expect((await behind)[0]?.maybe).toBeUndefined();
    return publisher.publishEach([message(topic, 1)]);
  });
  expect(first).toEqual([expect.objectContaining({ maybe: true })]);
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const [again] = await publisher.publishEach([message(topic, 1)]);
    if (!again) break;
  }
  expect(await publisher.publishEach([message(topic, 1), message(topic, 3)])).toEqual([undefined, undefined]);
  await pause(500);
  expect(await idsOn(topic)).toEqual(['e0', 'e1', 'e3']);
});

test('what the brokers refuse for good is told as such, each by its own fault: too large for its topic by now, a topic that is not there', async () => {
  const topic = 'gpect.partner.small.in';
  const publisher = await open(topic);
  const admin = client(kafka.broker).admin();
  const configEntries = [{ name: 'max.message.bytes', value: '2000' }];
  await admin.alterConfigs({ validateOnly: false, resources: [{ type: TOPIC_RESOURCE, name: topic, configEntries }] });
  await admin.disconnect();
  const large = { ...message(topic, 1), value: 'x'.repeat(3000) };
  expect(await publisher.publishEach([message(topic, 0), large, message(topic, 2)])).toEqual([
    undefined,
    { refused: 'size', reason: expect.stringContaining('max.message.bytes') },
    undefined,
  ]);
  expect((await idsOn(topic)).sort()).toEqual(['e0', 'e2']);
  const nowhere = message('gpect.partner.nobody.in', 1);
  expect(await publisher.publishEach([nowhere])).toEqual([
    { refused: 'topic', reason: expect.stringContaining('there is no topic') },
  ]);
});
