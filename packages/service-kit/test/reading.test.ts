import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type ShakyServers, startShakyServers } from '@gpect/test-kit/servers';
import { deleteRecords, makeTopics, produce, remakeTopic } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type From, LogWatch, resume } from '../src/inbox/log-watch.js';
import { positionsOf, readPositions } from '../src/inbox/positions.js';
import type { Subscriber, Subscription } from '../src/kafka/subscription.js';
import { readerHealth } from '../src/service/reader-health.js';
import { applied, inboxOf, logger, messageOf, openWorkbench, recorder, type Workbench } from './workbench.js';

/** What a reader does when Kafka itself is no longer what it was, over the real broker. */
let servers: ShakyServers;
let bench: Workbench;
let readers: Subscriber[] = [];
let topic: string;
let turn = 0;
beforeAll(async () => {
  servers = await startShakyServers();
}, 120_000);
afterAll(async () => {
  await servers.stop();
}, 60_000);
beforeEach(async () => {
  bench = await openWorkbench(servers.freshDatabase(), servers.broker);
  topic = `gpect.test-${++turn}.events`;
  await makeTopics(servers.broker, [topic], 1);
});
afterEach(async () => {
  await Promise.all(readers.map((reader) => reader.close()));
  readers = [];
  await bench.bus.close();
  await bench.connection.close();
});

const say = (...events: readonly (readonly [subject: string, sequence: number])[]) =>
  produce(
    servers.broker,
    topic,
    events.map(([subject, sequence]) => messageOf(subject, sequence, `${subject}#${sequence}`)),
  );

function read(more: Partial<Pick<Subscription, 'topics' | 'onRenewed'>> = {}): Subscriber {
  const inbox = inboxOf(bench, recorder(bench));
  const reader = bench.bus.subscribe({
    groupId: `test-${turn}`,
    topics: [topic],
    positions: () => readPositions(bench.connection),
    onBatch: (batch) => inbox.onBatch(batch),
    patienceMs: 3000,
    ...more,
  });
  readers.push(reader);
  return reader;
}

const took = (events: readonly string[]) =>
  until(
    () => applied(bench),
    (seen) => seen.length >= events.length,
  ).then((seen) => expect(seen).toEqual(events));
const stops = (reader: Subscriber) =>
  until(
    async () => [...reader.stopped().values()].join(),
    (reason) => reason !== '',
  );
const goOn = (from: From) => resume(bench.connection, bench.bus, `${topic}/0`, from);

describe('what the brokers are asked', () => {
  test('by several at once: a question that fails takes no other with it', async () => {
    for (let round = 1; round <= 5; round++) {
      let failed = false;
      const failing = bench.bus.endOffsets('gpect.nobody-made-it.events').catch(() => {
        failed = true;
      });
      const others: Promise<Map<number, number>>[] = [];
      while (!failed) {
        others.push(bench.bus.endOffsets(topic));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await failing;
      expect(await Promise.all(others)).toEqual(others.map(() => new Map([[0, 0]])));
    }
  });

  test('in vain once: the next who asks for stopped partitions is answered', async () => {
    await positionsOf(bench.connection).insertOne({ _id: `${topic}/0`, next: 1 } as never);
    let asked = 0;
    const existing = (topics: readonly string[]) =>
      ++asked === 1 ? Promise.reject(new Error('no answer')) : bench.bus.existing(topics);
    const watch = new LogWatch(bench.connection, { ...bench.bus, existing }, logger);
    await expect(watch.differing()).rejects.toThrow('no answer');
    expect([...(await watch.differing()).keys()]).toEqual([`${topic}/0`]);
  });

  test('after it was closed opens no connection again', async () => {
    await bench.bus.topics();
    await bench.bus.close();
    for (const again of [1, 2]) await expect(bench.bus.topics().then(() => again)).rejects.toThrow('closed');
  });
});

describe('the topic is another one than was read', () => {
  test('made again while it is read: it is stopped and said; from its beginning nothing is missing and nothing twice', async () => {
    const reader = read();
    await say(['a', 1], ['b', 1], ['c', 1]);
    await took(['a#1', 'b#1', 'c#1']);
    await remakeTopic(servers.broker, topic);
    // Some are said again, as by an owner that is asked to; the others are new.
    await say(['b', 1], ['d', 1], ['e', 1], ['f', 1]);
    expect(await stops(reader)).toContain('deleted and made again');
    expect(readerHealth(reader)).toMatchObject({
      state: 'degraded',
      detail: expect.stringContaining('--from beginning'),
    });
    expect(await applied(bench)).toHaveLength(3);
    expect(await goOn('beginning')).toBe(true);
    await took(['a#1', 'b#1', 'c#1', 'd#1', 'e#1', 'f#1']);
    await until(
      async () => readerHealth(reader).state,
      (state) => state === 'ok',
    );
  }, 90_000);

  test('made again while nobody reads, and longer than before: the next reader takes nothing of it; accepted, it goes on where it stands', async () => {
    const before = read();
    await say(['a', 1], ['b', 1]);
    await took(['a#1', 'b#1']);
    await before.close();
    await remakeTopic(servers.broker, topic);
    const watch = new LogWatch(bench.connection, bench.bus, logger);
    // Nothing is in it yet: no batch tells of it, the look in the background does.
    expect([...(await watch.differing()).keys()]).toEqual([`${topic}/0`]);
    await say(['x', 1], ['y', 1], ['z', 1]);
    expect(await stops(read())).toContain('deleted and made again');
    expect(await applied(bench)).toHaveLength(2);
    expect(await goOn('here')).toBe(true);
    await took(['a#1', 'b#1', 'z#1']);
  }, 90_000);

  test('Kafka restored from before: the log ends earlier, or another event stands where one was read; positions of older releases too', async () => {
    const reader = read();
    await say(['a', 1]);
    await took(['a#1']);
    await servers.withKafkaStopped((data) => cpSync(data, `${data}.before`, { recursive: true }));
    await say(['b', 1], ['c', 1]);
    await took(['a#1', 'b#1', 'c#1']);
    await reader.close();
    await servers.withKafkaStopped((data) => {
      rmSync(data, { recursive: true });
      cpSync(`${data}.before`, data, { recursive: true });
    });
    const watch = new LogWatch(bench.connection, bench.bus, logger);
    expect([...(await watch.differing()).values()]).toEqual([
      expect.stringContaining('the log ends before position 3'),
    ]);
    // The log is shorter for a position without identity as well.
    await positionsOf(bench.connection).updateOne({ _id: `${topic}/0` }, { $unset: { topic: '', last: '' } });
    await say(['d', 1]);
    const older = read();
    expect(await stops(older)).toContain('the log ends before position 3');
    await older.close();
    await positionsOf(bench.connection).updateOne(
      { _id: `${topic}/0` },
      { $set: { last: { offset: 2, print: '0011223344556677' } } },
    );
    await say(['e', 1], ['f', 1]);
    expect(await stops(read())).toContain('another event stands at offset 2');
    expect(await goOn('beginning')).toBe(true);
    await took(['a#1', 'b#1', 'c#1', 'd#1', 'e#1', 'f#1']);
  }, 120_000);

  test('what a topic keeps no longer is no other topic; a position of an older release gets the identity of what is there', async () => {
    const reader = read();
    await say(['a', 1], ['b', 1]);
    await took(['a#1', 'b#1']);
    await reader.close();
    await positionsOf(bench.connection).updateOne({ _id: `${topic}/0` }, { $unset: { topic: '', last: '' } });
    expect((await new LogWatch(bench.connection, bench.bus, logger).differing()).size).toBe(0);
    expect((await positionsOf(bench.connection).findOne({ _id: `${topic}/0` }))?.topic).toBe(
      await bench.bus.topicId(topic),
    );
    await deleteRecords(servers.broker, topic, 2);
    await say(['c', 1]);
    const next = read();
    await took(['a#1', 'b#1', 'c#1']);
    expect(next.stopped().size).toBe(0);
  }, 60_000);
});

test('a consumer whose connection hangs is made anew by itself, is counted, and says so meanwhile', async () => {
  let renewed = 0;
  const reader = read({ onRenewed: () => renewed++ });
  await say(['a', 1]);
  await took(['a#1']);
  servers.relay.hang();
  await say(['a', 2]);
  await until(
    async () => readerHealth(reader).detail,
    (detail) => detail.includes('has not answered'),
  );
  await took(['a#1', 'a#2']);
  expect(renewed).toBeGreaterThan(0);
}, 60_000);

test('a group whose coordinator is still starting is joined once it has: nothing has crashed', async () => {
  const joining = createRequire(import.meta.url)('kafkajs/src/protocol/requests/joinGroup/v5/response') as {
    parse: (data: { errorCode: number }) => Promise<unknown>;
  };
  const { parse } = joining;
  const answers = [14, 15, 16];
  joining.parse = async (data) => parse({ ...data, errorCode: answers.shift() ?? data.errorCode });
  const renewed: unknown[] = [];
  try {
    const reader = read({ onRenewed: (_why, error) => renewed.push(error) });
    await say(['a', 1]);
    await took(['a#1']);
    expect(readerHealth(reader).state).toBe('ok');
  } finally {
    joining.parse = parse;
  }
  expect(answers).toEqual([]);
  expect(renewed).toEqual([]);
}, 60_000);

test('a topic that is not there keeps nobody from reading the others, is said, and is read once it is there', async () => {
  const late = `${topic}-late`;
  const reader = read({ topics: [topic, late] });
  await say(['a', 1]);
  await took(['a#1']);
  expect(readerHealth(reader).detail).toContain(`no topic ${late}`);
  await makeTopics(servers.broker, [late], 1);
  await produce(servers.broker, late, [messageOf('b', 1, 'b#1')]);
  await took(['a#1', 'b#1']);
}, 60_000);

test('what can neither be taken nor parked stops its partition alone, without a crash; taken after the mend', async () => {
  const other = `${topic}-other`;
  await makeTopics(servers.broker, [other], 1);
  let renewed = 0;
  const db = bench.connection.getClient().db(bench.connection.name);
  await db.command({ collMod: 'parked_events', validator: { _id: 'nothing is parked here' } });
  const reader = read({ topics: [topic, other], onRenewed: () => renewed++ });
  await say(['a', 1]);
  await produce(servers.broker, topic, [{ ...messageOf('a', 2, 'a#2'), value: '{' }]);
  await produce(servers.broker, other, [messageOf('b', 1, 'b#1')]);
  expect(await stops(reader)).toContain('neither be taken nor parked');
  await produce(servers.broker, other, [messageOf('b', 2, 'b#2')]);
  await until(
    () => applied(bench),
    (seen) => seen.includes('b#2'),
  );
  expect([...reader.stopped().keys()]).toEqual([`${topic}/0`]);
  await db.command({ collMod: 'parked_events', validator: {} });
  await until(
    async () => reader.stopped().size,
    (size) => size === 0,
  );
  expect(renewed).toBe(0);
}, 60_000);
