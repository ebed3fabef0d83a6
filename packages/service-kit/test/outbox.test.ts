import { examplesOf } from '@gpect/contracts/event-contracts';
import { type Servers, startServers } from '@gpect/test-kit/servers';
import { allowLarger, makeTopics, readAll } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CloudEvent, Kafka } from 'cloudevents';
import { CommandRunner } from '../src/aggregate/command-runner.js';
import type { Publisher } from '../src/kafka/publisher.js';
import { collectionOf } from '../src/mongo/connection.js';
import { asideOf } from '../src/outbox/aside.js';
import { Lease } from '../src/outbox/lease.js';
import { outboxOf, toEntries } from '../src/outbox/outbox.js';
import { nextPosition } from '../src/outbox/position.js';
import { Relay } from '../src/outbox/relay.js';
import { Stuck } from '../src/outbox/stuck.js';
import { add, logger, openWorkbench, TOPIC, TYPE, tally, type Workbench } from './workbench.js';

let servers: Servers;
let bench: Workbench;
const id = (n: number) => `t${Date.now()}/${n}`;

beforeAll(async () => {
  servers = await startServers();
  bench = await openWorkbench(servers.freshDatabase(), servers.broker);
}, 120_000);
afterAll(async () => {
  await bench.bus.close();
  await bench.connection.close();
  await servers.stop();
}, 60_000);

describe('state and events', () => {
  test('are committed together', async () => {
    const [outcome] = await bench.runner.run([add(id(1))]);
    expect(outcome).toMatchObject({ ok: true, sequence: 1 });
    expect(await outboxOf(bench.connection).countDocuments()).toBe(1);
    await outboxOf(bench.connection).deleteMany({});
  });

  test('are both absent when anything of their transaction fails', async () => {
    const failing = bench.runner.run([add(id(2))], {
      extras: () => ({ write: () => Promise.reject(new Error('disk full')) }),
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await outboxOf(bench.connection).countDocuments()).toBe(0);
    expect(await collectionOf<{ _id: string }>(bench.connection, tally.collection).findOne({ _id: id(2) })).toBeNull();
  });

  test('of a refused command are not written', async () => {
    const [outcome] = await bench.runner.run([
      { ...add(id(3)), run: () => tally.decide({ kind: 'add', refuse: true }, { count: 0 }) as never },
    ]);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'no' } });
    expect(await outboxOf(bench.connection).countDocuments()).toBe(0);
  });

  test('of a command whose event breaks its own contract are not written: the command fails', async () => {
    const saying = (data: object) => ({
      ...add(id(9)),
      run: () => ({ ok: true, value: { events: [{ type: TYPE, data }], state: { count: 1 } } }) as never,
    });
    const example = examplesOf(TYPE)[0] as object;
    for (const wrong of [{ siret: '123' }, { declinedOn: '2008-13-05' }, { reason: 'x'.repeat(4001) }]) {
      const written: string[] = [];
      const failing = bench.runner.run([saying({ ...example, ...wrong })], {
        extras: () => ({ write: async () => void written.push('answer') }),
      });
      const [field = ''] = Object.keys(wrong);
      await expect(failing).rejects.toThrow(new RegExp(`${TYPE} breaks its own contract: /${field} `));
      expect(written).toEqual([]);
    }
    expect(await outboxOf(bench.connection).countDocuments()).toBe(0);
    expect(await collectionOf<{ _id: string }>(bench.connection, tally.collection).findOne({ _id: id(9) })).toBeNull();
  });

  test('of a line whose event breaks its own contract are not written: it alone is refused, and it is said', async () => {
    const [before, at, after] = [id(10), id(11), id(12)];
    const broken = {
      ...add(at),
      run: () =>
        ({
          ok: true,
          value: { events: [{ type: TYPE, data: { ...(examplesOf(TYPE)[0] as object), siret: '1' } }], state: {} },
        }) as never,
    };
    const faults: string[] = [];
    const apart = (fault: Error) => faults.push(fault.message);
    const lines = [add(before), broken, add(after)];
    for (const outcomes of [await bench.runner.wouldDo(lines, apart), await bench.runner.run(lines, { apart })])
      expect(outcomes).toMatchObject([
        { ok: true },
        { ok: false, id: at, refusal: { code: 'event_breaks_contract', detail: expect.stringContaining('/siret') } },
        { ok: true },
      ]);
    expect(faults).toEqual(Array(2).fill(expect.stringContaining(`${TYPE} breaks its own contract: /siret `)));
    const kept = await collectionOf<{ _id: string }>(bench.connection, tally.collection)
      .find({ _id: { $in: lines.map((line) => line.id) } })
      .toArray();
    expect(kept.map(({ _id }) => _id).sort()).toEqual([before, after].sort());
    expect(await outboxOf(bench.connection).countDocuments()).toBe(1);
    await outboxOf(bench.connection).deleteMany({});
  });

  test('of a command whose event is larger than a topic takes: refused to who asked, and nothing is kept', async () => {
    const says = (bytes: number) => ({
      ...add(id(5)),
      run: () => {
        const decided = tally.decide({ kind: 'add' }, { count: 0 });
        const events = decided.ok
          ? decided.value.map((e) => ({ ...e, data: { ...e.data, reason: 'é'.repeat(bytes / 2) } }))
          : [];
        return { ok: true as const, value: { state: { count: 1 }, events: events as never } };
      },
    });
    // A text as long came with another event: it may be older than its bound.
    const causes = [{ causationid: 'of-before' }];
    const [outcome] = await bench.runner.run([says(1_000_000)], { causes });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'event_too_large', kind: 'rule' } });
    expect(await outboxOf(bench.connection).countDocuments()).toBe(0);
    const [smaller] = await bench.runner.run([says(900_000)], { causes });
    expect(smaller).toMatchObject({ ok: true, sequence: 1 });
    await outboxOf(bench.connection).deleteMany({});
  });

  test('of concurrent commands on one aggregate are all there, each with its own sequence', async () => {
    const one = id(4);
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => bench.runner.run([add(one)])));
    expect(
      outcomes
        .flat()
        .map((o) => (o.ok ? o.sequence : 0))
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    await outboxOf(bench.connection).deleteMany({});
  });
});

test('positions grow along an aggregate though the clock of the next writer is an hour behind', () => {
  const first = nextPosition([], Date.now() + 3_600_000);
  const second = nextPosition([first], Date.now());
  expect(second > first).toBe(true);
});

describe('the relay', () => {
  test('two replicas and three writers at once: every event once, in the order of its aggregate', async () => {
    const aggregates = Array.from({ length: 8 }, (_, i) => id(100 + i));
    const relays = [1, 2].map(() => new Relay(bench.connection, bench.bus.publisher(), logger));
    for (const relay of relays) relay.start();
    const writers = [1, 2, 3].map(() => new CommandRunner(bench.connection, '/services/test', () => undefined));
    await Promise.all(
      writers.map(async (writer) => {
        for (let round = 0; round < 10; round++) await writer.run(aggregates.map(add));
      }),
    );
    await until(
      () => outboxOf(bench.connection).countDocuments(),
      (left) => left === 0,
    );
    await Promise.all(relays.map((r) => r.stop()));
    const messages = await readAll(servers.broker, TOPIC);
    for (const aggregate of aggregates) {
      const sequences = messages.filter((m) => m.key === aggregate).map((m) => Number(m.headers['ce_sequence']));
      expect(sequences).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    }
  });

  test('of three replicas that all are woken by every commit, one publishes: no message twice', async () => {
    const relays = [1, 2, 3].map(() => new Relay(bench.connection, bench.bus.publisher(), logger));
    for (const relay of relays) relay.start();
    const writer = new CommandRunner(bench.connection, '/services/test', () => {
      for (const relay of relays) relay.wake();
    });
    const aggregates = Array.from({ length: 200 }, (_, i) => id(1000 + i));
    for (const aggregate of aggregates) await writer.run([add(aggregate)]);
    await until(
      () => outboxOf(bench.connection).countDocuments(),
      (left) => left === 0,
    );
    await Promise.all(relays.map((relay) => relay.stop()));
    const ours = new Set(aggregates);
    const messages = (await readAll(servers.broker, TOPIC)).filter((m) => ours.has(m.key));
    expect(messages.map((m) => m.key).sort()).toEqual([...aggregates].sort());
  });

  test('dies between publishing and deleting: the next one finds them published, and publishes nothing twice', async () => {
    const aggregate = id(200);
    await bench.runner.run([add(aggregate)]);
    const real = bench.bus.publisher();
    const dying: Publisher = {
      ...real,
      append: async (producer, lanes) => {
        await real.append(producer, lanes);
        throw new Error('kill -9');
      },
    };
    await expect(new Relay(bench.connection, dying, logger).drain()).rejects.toThrow('kill -9');
    expect(await outboxOf(bench.connection).countDocuments()).toBe(1);
    await bench.runner.run([add(aggregate)]);
    expect(await new Relay(bench.connection, real, logger).drain()).toBe(2);
    await real.close();
    const copies = (await readAll(servers.broker, TOPIC)).filter((m) => m.key === aggregate);
    expect(copies.map((m) => m.headers['ce_sequence'])).toEqual(['1', '2']);
    expect(await outboxOf(bench.connection).countDocuments()).toBe(0);
  });

  test('frozen in the middle of a request: what it sends late, once or again, is on the topic once', async () => {
    const aggregates = Array.from({ length: 20 }, (_, i) => id(2000 + i));
    const real = bench.bus.publisher();
    for (const sendsBefore of [false, true]) {
      for (let round = 0; round < 2; round++) await bench.runner.run(aggregates.map(add));
      let asleep: () => void = () => undefined;
      const isAsleep = new Promise<void>((resolve) => {
        asleep = resolve;
      });
      let wake: () => void = () => undefined;
      const isAwake = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const frozen: Publisher = {
        ...real,
        append: async (producer, lanes) => {
          if (sendsBefore) await real.append(producer, lanes);
          asleep();
          await isAwake;
          return real.append(producer, lanes);
        },
      };
      const late = new Relay(bench.connection, frozen, logger).drain();
      await isAsleep;
      await new Relay(bench.connection, real, logger).drain();
      await bench.runner.run(aggregates.map(add));
      await new Relay(bench.connection, real, logger).drain();
      wake();
      await late.catch((error: unknown) => expect(error).toMatchObject({ name: 'TermEnded' }));
      expect(await outboxOf(bench.connection).countDocuments()).toBe(0);
    }
    await real.close();
    const messages = await readAll(servers.broker, TOPIC);
    for (const aggregate of aggregates) {
      const sequences = messages.filter((m) => m.key === aggregate).map((m) => Number(m.headers['ce_sequence']));
      expect(sequences).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  test('wakes at once when another process commits', async () => {
    const relay = new Relay(bench.connection, bench.bus.publisher(), logger);
    relay.start();
    await bench.runner.run([add(id(300))]);
    await until(
      () => outboxOf(bench.connection).countDocuments(),
      (left) => left === 0,
    );
    await new Promise((resolve) => setTimeout(resolve, 300)); // idle now, its change stream open
    await bench.runner.run([add(id(301))]); // this runner does not know the relay
    await until(
      () => outboxOf(bench.connection).countDocuments(),
      (left) => left === 0,
      1500,
    ); // its own poll comes after 2 s
    await relay.stop();
  });

  test('writes CloudEvents that another library reads', async () => {
    const [message] = await readAll(servers.broker, TOPIC);
    const event = Kafka.toEvent({
      headers: message?.headers ?? {},
      value: message?.value ?? '',
      key: message?.key ?? '',
      body: message?.value,
    } as never) as CloudEvent<string>;
    expect(event.validate()).toBe(true);
    expect(event).toMatchObject({ specversion: '1.0', source: '/services/test', subject: message?.key, sequence: '1' });
  });
});

describe('what cannot be published', () => {
  const say = (topic: string, key: string, sequence: number, padding = '') => ({
    topic,
    key,
    headers: { ce_id: `${key}#${sequence}`, ce_sequence: String(sequence) },
    value: JSON.stringify({ padding }),
  });
  const commit = async (...messages: ReturnType<typeof say>[]) => {
    await outboxOf(bench.connection).insertMany(toEntries(messages, []));
  };
  const idsOn = async (topic: string) => (await readAll(servers.broker, topic)).map((m) => m.headers['ce_id']);
  let relay: Relay;
  let published = 0;
  beforeEach(() => {
    published = 0;
    relay = new Relay(bench.connection, bench.bus.publisher(), logger, (count) => {
      published += count;
    });
  });

  test('of a topic that does not exist waits by itself: others are published, and it is once its topic is made', async () => {
    const [there, missing] = [`there-${Date.now()}`, `missing-${Date.now()}`];
    await makeTopics(servers.broker, [there]);
    await commit(say(missing, 'a', 1), say(there, 'b', 1));
    await commit(say(there, 'c', 1));
    await commit(say(missing, 'a', 2));
    relay.start();
    await until(
      () => outboxOf(bench.connection).countDocuments(),
      (left) => left === 0,
    );
    expect((await idsOn(there)).sort()).toEqual(['b#1', 'c#1']);
    expect(await asideOf(bench.connection).countDocuments()).toBe(2);
    expect((await new Stuck(bench.connection).summary()).reasons[0]?.reason).toContain(`there is no topic ${missing}`);
    await makeTopics(servers.broker, [missing]);
    await until(
      () => asideOf(bench.connection).countDocuments(),
      (left) => left === 0,
    );
    expect(await idsOn(missing)).toEqual(['a#1', 'a#2']);
    await relay.stop();
    expect(published).toBe(4);
  });

  test('two events of 600 kB for one topic are two requests', async () => {
    const topic = `large-${Date.now()}`;
    await makeTopics(servers.broker, [topic], 1);
    const large = 'é'.repeat(300_000);
    await commit(say(topic, 'a', 1, large), say(topic, 'b', 1, large), say(topic, 'a', 2));
    expect(await relay.drain()).toBe(3);
    expect(await idsOn(topic)).toEqual(['a#1', 'b#1', 'a#2']);
  });

  test('an entry of before that is larger than its topic takes is split', async () => {
    const topic = `split-${Date.now()}`;
    await makeTopics(servers.broker, [topic], 1);
    const large = 'é'.repeat(300_000);
    const messages = [say(topic, 'a', 1, large), say(topic, 'b', 1, large), say(topic, 'a', 2)];
    const kept = messages.flatMap((m) => toEntries([m], []).flatMap((e) => e.messages));
    await outboxOf(bench.connection).insertOne({ _id: nextPosition([]), messages: kept });
    await relay.drain();
    const ids = await idsOn(topic);
    expect([...ids].sort()).toEqual(['a#1', 'a#2', 'b#1']);
    expect(ids.indexOf('a#1')).toBeLessThan(ids.indexOf('a#2'));
    expect(await asideOf(bench.connection).countDocuments()).toBe(0);
  });

  test('one alone that is too large holds up its own aggregate and nobody else, until its topic takes it', async () => {
    const topic = `alone-${Date.now()}`;
    await makeTopics(servers.broker, [topic], 1);
    await commit(say(topic, 'a', 1), say(topic, 'a', 2, 'x'.repeat(1_200_000)), say(topic, 'a', 3), say(topic, 'b', 1));
    await commit(say(topic, 'a', 4), say(topic, 'b', 2));
    relay.start();
    await until(
      () => idsOn(topic),
      (ids) => ids.length === 3,
    );
    expect(await idsOn(topic)).toEqual(['a#1', 'b#1', 'b#2']);
    expect(await asideOf(bench.connection).countDocuments()).toBe(3);
    await allowLarger(servers.broker, topic, 2_000_000);
    relay.tryAgain();
    await until(
      () => asideOf(bench.connection).countDocuments(),
      (left) => left === 0,
    );
    await relay.stop();
    expect(await idsOn(topic)).toEqual(['a#1', 'b#1', 'b#2', 'a#2', 'a#3', 'a#4']);
  });

  test('is put aside for good by a decision, which is kept; what is behind it then goes', async () => {
    const topic = `given-up-${Date.now()}`;
    await makeTopics(servers.broker, [topic], 1);
    await commit(say(topic, 'a', 1, 'x'.repeat(1_200_000)), say(topic, 'a', 2));
    await relay.drain();
    const stuck = new Stuck(bench.connection);
    const [first] = await stuck.list({ topic });
    expect(first).toMatchObject({ topic, key: 'a', type: '', tries: 1 });
    expect(await stuck.discard({ id: first?.id ?? '' }, 'anne', 'a test')).toHaveLength(1);
    await stuck.tryAgain({ topic });
    relay.tryAgain();
    expect(await relay.drain()).toBe(1);
    expect(await idsOn(topic)).toEqual(['a#2']);
  });
});

test("a lease is one replica's, and another's once it is over", async () => {
  const [first, second] = [new Lease(bench.connection, 'x', 400), new Lease(bench.connection, 'x', 400)];
  expect([await first.acquire(), await second.acquire(), await first.acquire()]).toEqual([true, false, true]);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect([first.held(), await second.acquire(), await first.acquire()]).toEqual([false, true, false]);
  await second.release();
  expect(await first.acquire()).toBe(true);
});
