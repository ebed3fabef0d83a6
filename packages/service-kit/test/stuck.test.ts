import { type Servers, startServers } from '@gpect/test-kit/servers';
import { makeTopics, readAll } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Publisher } from '../src/kafka/publisher.js';
import { collectionOf } from '../src/mongo/connection.js';
import { inTransaction } from '../src/mongo/transaction.js';
import { Aside, asideOf, BEHIND } from '../src/outbox/aside.js';
import { outboxOf, toEntries } from '../src/outbox/outbox.js';
import { Relay } from '../src/outbox/relay.js';
import { GIVEN_UP, Stuck } from '../src/outbox/stuck.js';
import { logger, openWorkbench, type Workbench } from './workbench.js';

/** What operations decide about a stuck message, at the very moment at which the relay takes it. */
let servers: Servers;
let bench: Workbench;
let stuck: Stuck;
let topic: string;

beforeAll(async () => {
  servers = await startServers();
  bench = await openWorkbench(servers.freshDatabase(), servers.broker);
  await bench.connection.getClient().db(bench.connection.name).createCollection(GIVEN_UP);
  stuck = new Stuck(bench.connection);
}, 120_000);
afterAll(async () => {
  await bench.bus.close();
  await bench.connection.close();
  await servers.stop();
}, 60_000);

const say = (key: string, sequence: number) => ({
  topic,
  key,
  headers: { ce_id: `${key}#${sequence}`, ce_sequence: String(sequence) },
  value: '{}',
});
const commit = (...messages: ReturnType<typeof say>[]) =>
  outboxOf(bench.connection).insertMany(toEntries(messages, []));
const drain = (publisher: Publisher = bench.bus.publisher()) => new Relay(bench.connection, publisher, logger).drain();
const onTopic = async () => (await readAll(servers.broker, topic)).map((m) => m.headers['ce_id']);
const givenUp = async () =>
  (await collectionOf<{ message: { headers: string } }>(bench.connection, GIVEN_UP).find().toArray()).map(
    ({ message }) => JSON.parse(message.headers)['ce_id'],
  );

/** One message waits for its topic, which is there now. */
beforeEach(async () => {
  topic = `late-${Date.now()}`;
  await collectionOf(bench.connection, GIVEN_UP).deleteMany({});
  await commit(say('a', 1));
  await drain();
  expect(await asideOf(bench.connection).countDocuments()).toBe(1);
  await makeTopics(servers.broker, [topic], 1);
  await stuck.tryAgain({});
});

test('given up between the look of the relay and its sending: it is not sent, and what comes behind it is', async () => {
  const real = bench.bus.publisher();
  let once = true;
  const publisher: Publisher = {
    ...real,
    // The relay has looked what is due, and has not marked it yet.
    newProducer: async () => {
      const producer = await real.newProducer();
      if (once && (await asideOf(bench.connection).countDocuments({ trying: true })) === 0) {
        const gone = await stuck.discard({}, 'anne', 'a test');
        once = gone.length === 0;
      }
      return producer;
    },
  };
  await commit(say('a', 2));
  await drain(publisher);
  await drain();
  expect([await onTopic(), await givenUp()]).toEqual([['a#2'], ['a#1']]);
});

test('given up while it is on its way: the decision comes too late, says so, and it is published once', async () => {
  const real = bench.bus.publisher();
  let gone: unknown;
  const publisher: Publisher = {
    ...real,
    append: async (...args) => {
      gone = await stuck.discard({}, 'anne', 'a test');
      return real.append(...args);
    },
  };
  await drain(publisher);
  expect(gone).toEqual([]);
  expect([await onTopic(), await givenUp()]).toEqual([['a#1'], []]);
});

test('tried again while it is on its way: it is published once', async () => {
  const real = bench.bus.publisher();
  const publisher: Publisher = {
    ...real,
    append: async (...args) => {
      expect(await stuck.tryAgain({})).toBe(0);
      return real.append(...args);
    },
  };
  await drain(publisher);
  await drain();
  expect(await onTopic()).toEqual(['a#1']);
});

test('given up while the next one of its aggregate goes behind it: that one does not wait for ever', async () => {
  const aside = new Aside(bench.connection);
  await commit(say('a', 2));
  const entries = await outboxOf(bench.connection).find().toArray();
  const behind = await aside.among([`${topic}\na`]);
  const goesBehind = () =>
    inTransaction(bench.connection, async (session) => {
      await aside.setAside(entries, () => ({ reason: BEHIND, behind: true }), session, behind);
    });
  await stuck.discard({}, 'anne', 'a test');
  await expect(goesBehind()).rejects.toMatchObject({ name: 'TakenMeanwhile' });
  expect(await drain()).toBe(1);
  expect(await onTopic()).toEqual(['a#2']);
});

test('behind one that is refused, and on a partition that is not free, thousands wait: another aggregate does not wait for them', async () => {
  const [slow, missing] = [`${topic}-slow`, `${topic}-missing`];
  await makeTopics(servers.broker, [slow], 1);
  const many = Array.from({ length: 2500 }, (_, i) => i);
  const waits = (key: string, sequence: number, of: string, due: number) => ({
    ...{
      _id: `00000000-${of}-${String(sequence).padStart(5, '0')}`,
      order: `${of}\n${key}`,
      reason: 'a test',
      tries: 0,
    },
    message: { topic: of, key, headers: JSON.stringify(say(key, sequence).headers), value: '{}' },
    since: new Date(),
    due: new Date(due),
  });
  await asideOf(bench.connection).insertMany([
    // The first of them was refused a moment ago; those behind it are due, as after each that is published.
    ...many.map((n) => waits('b', n, topic, n === 0 ? Date.now() + 3_600_000 : 0)),
    ...many.map((n) => waits('c', n, slow, 0)),
    ...many.map((n) => waits(`d${n}`, n, missing, 0)),
  ] as never[]);
  const real = bench.bus.publisher();
  let release: () => void = () => undefined;
  const standing = new Promise<void>((resolve) => {
    release = resolve;
  });
  const publisher: Publisher = {
    ...real,
    // The slow topic takes nothing until the other one has what it was to have.
    append: async (producer, lanes, by) => {
      if (lanes.some((lane) => lane.topic === slow)) await standing;
      return real.append(producer, lanes, by);
    },
  };
  const relay = new Relay(bench.connection, publisher, logger);
  relay.start();
  try {
    await until(onTopic, (found) => found.includes('a#1'), 60_000);
    expect((await readAll(servers.broker, slow)).length).toBe(0);
  } finally {
    release();
    await relay.stop();
    await asideOf(bench.connection).deleteMany({});
  }
});

test('both at once, many times: each message is published or given up, never both and never neither', async () => {
  const keys = Array.from({ length: 60 }, (_, i) => `k${i}`);
  const missing = `${topic}-missing`;
  await commit(...keys.flatMap((key) => [1, 2].map((n) => ({ ...say(key, n), topic: missing }))));
  await drain();
  await makeTopics(servers.broker, [missing], 3);
  await stuck.tryAgain({ topic: missing });
  const giveUp = async () => {
    for (const key of keys) await stuck.discard({ key, topic: missing }, 'anne', 'a test');
  };
  const publish = async () => {
    // In the middle of the decisions, and again until nothing is left.
    while ((await asideOf(bench.connection).countDocuments()) > keys.length) await new Promise(setImmediate);
    while ((await asideOf(bench.connection).countDocuments()) > 0) await drain();
  };
  await Promise.all([giveUp(), publish()]);
  const published = (await readAll(servers.broker, missing)).map((m) => m.headers['ce_id']);
  const all = keys.flatMap((key) => [`${key}#1`, `${key}#2`]).sort();
  expect([...published, ...(await givenUp())].sort()).toEqual(all);
  console.info(`${published.length} published, ${all.length - published.length} given up`);
  expect(published.length % all.length).toBeGreaterThan(0);
});
