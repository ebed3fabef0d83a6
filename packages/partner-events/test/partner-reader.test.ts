import type { RequestListener } from 'node:http';
import { examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { partnerTopic } from '@gpect/contracts/partner-topics';
import { newestOf } from '@gpect/contracts/versions/versions';
import { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { DeadLetters } from '@gpect/service-kit/dead-letters/dead-letters';
import type { IncomingMessage, OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import { internalOf } from '@gpect/service-kit/http/in-process';
import { readPositions } from '@gpect/service-kit/inbox/positions';
import { connectKafka } from '@gpect/service-kit/kafka/kafka';
import type { FetchedMessage } from '@gpect/service-kit/kafka/records/fetch-response';
import { toIncoming } from '@gpect/service-kit/kafka/records/incoming';
import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { inTransaction } from '@gpect/service-kit/mongo/transaction';
import { createLogger, type Logger } from '@gpect/service-kit/observability/logger';
import { Metrics } from '@gpect/service-kit/observability/metrics';
import { messagesOf, outboxOf } from '@gpect/service-kit/outbox/outbox';
import { batchOf, give } from '@gpect/test-kit/batches';
import { produceRaw, recordBatch } from '@gpect/test-kit/record-batch';
import { type Servers, startServers } from '@gpect/test-kit/servers';
import { makeTopics } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { PARTNER_ANSWERS } from '../src/answers.js';
import { KNOWN_PARTNERS, keepPartners } from '../src/known-partners.js';
import { PartnerReader } from '../src/partner-reader.js';
import { MOST_PARTNER_BYTES } from '../src/unreadable.js';

/** What happens to a partner's event when the service itself is at fault. */
const TYPE = 'fr.gpect.partner.firm-contact-sent.v1' as const;
const example = examplesOf(TYPE)[0] as EventDataByType[typeof TYPE];
const logger = createLogger('test', (process.env['TEST_LOG'] ?? 'silent') as 'silent');
let servers: Servers;
let bench: Awaited<ReturnType<typeof openBench>>;
let broken = new Set<string>();
let asked: string[] = [];
/** Which of the requests find no database, or a full disk. */
let away = new Map<number, 503 | 507>();
/** What a firm that has not arrived from another service is known from. */
let arrives = new Map<string, number>();

/** A service of its own making: what it does for a firm that is no `broken` one commits with its answer. */
const own: RequestListener = async (request, response) => {
  const subject = (request.url ?? '').slice(1);
  asked.push(subject);
  const answer = { subject, sequence: 1, events: ['e.v1'], ids: ['e1'] };
  const internal = internalOf(request);
  const arrived = Date.now() >= (arrives.get(subject) ?? 0);
  const status = broken.has(subject) ? 500 : (away.get(asked.length) ?? (arrived ? 200 : 404));
  if (status === 200)
    await internal?.together.join({ targets: [], extras: () => ({ said: internal.decided(answer) }) });
  response.writeHead(status, { 'content-type': 'application/json' });
  const problem = { type: 'urn:gpect:problem:firm-unknown', title: 'Not known', status };
  response.end(JSON.stringify(status === 404 ? problem : answer));
};

beforeAll(async () => {
  servers = await startServers();
  await makeTopics(servers.broker, ['gpect.partner.mde.in', 'gpect.partner.mde.out'], 1);
}, 90_000);
afterAll(async () => {
  await servers.stop();
});
beforeEach(async () => {
  bench = await openBench();
  [broken, asked, away, arrives] = [new Set(), [], new Map(), new Map()];
  await declare(['mde']);
});

/** What a service has of its own: a database and a bus. */
async function openBench() {
  const connection = createDatabase();
  await connect(connection, servers.freshDatabase());
  for (const name of [
    'outbox',
    'inbox_positions',
    'parked_events',
    'discarded_events',
    PARTNER_ANSWERS,
    KNOWN_PARTNERS,
  ])
    await connection.getClient().db(connection.name).createCollection(name);
  const bus = connectKafka({ brokers: servers.broker, clientId: 'test', logger });
  return { connection, bus, runner: new CommandRunner(connection, '/services/test', () => undefined) };
}

async function declare(codes: readonly string[]): Promise<void> {
  const partners = codes.map((code) => ({
    _id: code,
    partner: {
      partner: code,
      name: code,
      kind: 'EMPLOYMENT_HOUSE',
      acts: { partner: [code] },
      doors: ['KAFKA'],
      sends: [TYPE],
      programmes: ['*'],
    } as never,
  }));
  await inTransaction(bench.connection, (session) => keepPartners(bench.connection, partners, session));
}

afterEach(async () => {
  await bench.bus.close();
  await bench.connection.close();
});

function reader(
  more: { answersTheRest?: boolean; logger?: Logger; existing?: (topics: readonly string[]) => Promise<string[]> } = {},
): PartnerReader {
  return new PartnerReader({
    service: 'enrolment',
    // What is sent in the old version comes as the newest.
    commands: {
      [newestOf(TYPE)]: ({ data }: { data: { siret: string } }) => ({ path: `/${data.siret}`, body: {} }),
    } as never,
    connection: bench.connection,
    runner: bench.runner,
    app: own,
    existing: (topics) => bench.bus.existing(topics),
    logger,
    metrics: new Metrics('test'),
    ...more,
  });
}

function message(offset: number, siret: string, id = `m${offset}`): IncomingMessage {
  const headers = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: '/partners/mde',
    ce_type: TYPE,
    ce_subject: `p/${siret}`,
    ce_time: '2026-11-24T08:00:00Z',
  };
  const value = JSON.stringify({ ...example, programme: 'p', siret });
  return { topic: 'gpect.partner.mde.in', partition: 0, offset, key: `p/${siret}`, headers, value };
}

const TOPIC = 'gpect.partner.mde.in';
const [A, B] = ['00001002500013', '00001003300025'];

async function answers(): Promise<string[]> {
  const entries = await outboxOf(bench.connection).find().sort({ _id: 1 }).toArray();
  return entries
    .flatMap(messagesOf)
    .flatMap((m) =>
      m.topic.endsWith('.out') ? [`${m.headers['ce_causationid']} ${m.headers['ce_type']?.split('-').at(-1)}`] : [],
    );
}

test('it is parked with its reason, what is about the same firm waits behind it, others are answered; replayed after the mend, in order', async () => {
  broken.add(A);
  const open = reader();
  expect(await give(open, [message(0, A), message(1, B), message(2, A)], TOPIC)).toBe(3);
  expect(await answers()).toEqual(['m1 taken.v1']);
  // Three times, in case it passes; what waits behind is not tried.
  expect(asked.filter((subject) => subject === A)).toHaveLength(3);
  const letters = new DeadLetters(bench.connection, [open]);
  expect((await letters.list({ partner: 'mde', reason: 'FAULT OF OURS' })).map((p) => p.message.offset)).toEqual([0]);
  expect(await letters.list({ partner: 'autre' })).toEqual([]);
  expect(await letters.replay({})).toEqual({ replayed: 0, stillParked: 2 });
  broken.clear();
  // Only the later one is asked for: it does not overtake the first.
  expect(await letters.replay({ place: `${TOPIC}/0/2` })).toEqual({ replayed: 0, stillParked: 2 });
  expect(await letters.replay({ type: TYPE, partner: 'mde' })).toEqual({ replayed: 2, stillParked: 0 });
  expect(await answers()).toEqual(['m1 taken.v1', 'm0 taken.v1', 'm2 taken.v1']);
});

test('a batch of 33 MiB that a foreign client packed by Zstandard is refused to its sender under its place, with what to do; what is behind it is answered', async () => {
  const code = 'paquet';
  await declare([code]);
  const [topic, out] = [partnerTopic(code, 'in'), partnerTopic(code, 'out')];
  await makeTopics(servers.broker, [topic, out], 1);
  // Blocks of 128 KiB, those of zeros as a byte that repeats.
  const zstd = (bytes: Buffer) => {
    const frame: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58])];
    for (let at = 0; at < bytes.length; at += 131_072) {
      const block = bytes.subarray(at, at + 131_072);
      const [type, last] = [block.every((byte) => byte === 0) ? 1 : 0, at + 131_072 >= bytes.length ? 1 : 0];
      const header = (block.length << 3) | (type << 1) | last;
      frame.push(Buffer.from([header & 255, (header >> 8) & 255, header >> 16]), type ? Buffer.alloc(1) : block);
    }
    return Buffer.concat(frame);
  };
  const large = recordBatch([{ value: Buffer.alloc(33 * 1024 * 1024) }, { value: 'x' }], { codec: 4, pack: zstd });
  expect(large.length).toBeLessThan(500_000);
  expect(await produceRaw(servers.broker, topic, 0, large)).toBe(0);
  const { headers, value } = message(0, A, 'behind');
  const publisher = bench.bus.publisher();
  await publisher.publish([{ topic, key: 'k', headers: { ...headers, ce_source: `/partners/${code}` }, value }]);
  const open = reader({ answersTheRest: true });
  const subscriber = bench.bus.subscribe({
    groupId: code,
    topics: [topic],
    positions: () => readPositions(bench.connection),
    onBatch: (batch) => open.onBatch(batch),
  });
  try {
    expect((await until(answers, (all) => all.length >= 2, 30_000)).sort()).toEqual([
      'behind taken.v1',
      `${topic}/0/1 refused.v1`,
    ]);
  } finally {
    await subscriber.close();
    await publisher.close();
  }
  const [refused] = (await outboxOf(bench.connection).find().toArray())
    .flatMap(messagesOf)
    .filter(({ topic: of, headers: { ce_type } }) => of === out && ce_type?.includes('refused'));
  const { problem } = JSON.parse(refused?.value ?? '{}') as { problem: { type: string; detail: string } };
  expect(problem.type).toBe('urn:gpect:problem:batch-unreadable');
  expect(problem.detail).toMatch(/offsets 0 to 1 .* at most 32 MiB unpacked and 50000 records/);
  expect(await new DeadLetters(bench.connection, [open]).list({})).toEqual([]);
}, 60_000);

test('a record that is too large is refused to its sender; behind a parked one of its firm it waits, and holds nothing up', async () => {
  broken.add(A);
  const value = Buffer.from('['.repeat(20 * 1024 * 1024));
  const large = (offset: number, siret: string) => {
    const headers = Object.entries(message(offset, siret).headers).map(
      ([name, text]) => [Buffer.from(name), Buffer.from(text)] as const,
    );
    const record = { offset, timestamp: 0, key: null, value, headers, headersLeftOut: 0 };
    return toIncoming(TOPIC, 0, { found: { record } } as unknown as FetchedMessage, MOST_PARTNER_BYTES);
  };
  const open = reader();
  expect(await give(open, [message(0, A), large(1, A), large(2, B), message(3, B)], TOPIC)).toBe(4);
  expect((await answers()).sort()).toEqual(['m2 refused.v1', 'm3 taken.v1']);
  const [refused] = (await outboxOf(bench.connection).find().toArray())
    .flatMap(messagesOf)
    .filter(({ headers: { ce_type } }) => ce_type?.includes('refused'));
  expect(JSON.parse(refused?.value ?? '{}')).toMatchObject({
    problem: { type: 'urn:gpect:problem:event-too-large', status: 413 },
  });
  broken.clear();
  expect(await new DeadLetters(bench.connection, [open]).replay({})).toEqual({ replayed: 2, stillParked: 0 });
  expect((await answers()).sort()).toEqual(['m0 taken.v1', 'm1 refused.v1', 'm2 refused.v1', 'm3 taken.v1']);
});

test('what a partner has no right to send is told to whoever watches, as a refused request is', async () => {
  const seen: Record<string, unknown>[] = [];
  const watching = createLogger('test', 'warn', { write: (line: string) => seen.push(JSON.parse(line)) });
  await declare(['mde']);
  const stranger = { ...message(1, B), headers: { ...message(1, B).headers, ce_source: '/partners/autre' } };
  const wrong = { ...message(2, B), value: '{}' };
  await give(reader({ logger: watching }), [message(0, A), stranger, wrong], TOPIC);
  expect(await answers()).toEqual(['m0 taken.v1', 'm1 refused.v1', 'm2 refused.v1']);
  expect(seen.filter(({ security }) => security)).toMatchObject([
    {
      security: 'not-allowed',
      problem: 'source-not-yours',
      from: `${TOPIC}/0/1`,
      who: '/partners/mde',
      event: { id: 'm1', type: TYPE },
    },
  ]);
});

test('put aside with a reason it is kept, and what waited behind it goes on', async () => {
  broken.add(A);
  const open = reader();
  await give(open, [message(0, A), message(1, A)], TOPIC);
  const letters = new DeadLetters(bench.connection, [open]);
  await letters.discard({ place: `${TOPIC}/0/0` }, 'anne', 'envoyé par erreur');
  expect(await collectionOf(bench.connection, 'discarded_events').find().toArray()).toMatchObject([
    { discardedBy: 'anne', because: 'envoyé par erreur', message: { offset: 0 } },
  ]);
  broken.clear();
  expect(await letters.replay({})).toEqual({ replayed: 1, stillParked: 0 });
  expect(await answers()).toEqual(['m1 taken.v1']);
});

test('while the brokers do not say which topics there are, the database loses its connection or a disk is full, no event is parked: all are answered after it', async () => {
  const nowhere = connectKafka({ brokers: '127.0.0.1:1', clientId: 'test', logger });
  const asks = [
    (topics: readonly string[]) => nowhere.existing(topics),
    (topics: readonly string[]) => nowhere.existing(topics),
    (topics: readonly string[]) => nowhere.existing(topics),
    () => Promise.reject(new mongoose.Error('Operation `x.findOne()` buffering timed out after 10000ms')),
  ];
  const existing = (topics: readonly string[]) => (asks.shift() ?? bench.bus.existing)(topics);
  // Of the requests too: a full disk says nothing of an event, however often.
  away = new Map([1, 2, 3, 4, 5].map((nth) => [nth, nth % 2 ? 507 : 503]));
  expect(await give(reader({ existing }), [message(0, A), message(1, B)], TOPIC)).toBe(2);
  expect(asks).toEqual([]);
  await nowhere.close();
  expect((await answers()).sort()).toEqual(['m0 taken.v1', 'm1 taken.v1']);
  expect(await collectionOf(bench.connection, 'parked_events').countDocuments()).toBe(0);
});

test('read again from before, after its process died, an event is asked once and answered the same', async () => {
  const first = reader();
  await give(first, [message(0, A)], TOPIC);
  await collectionOf(bench.connection, 'inbox_positions').deleteMany({});
  await give(reader(), [message(0, A), message(1, B)], TOPIC);
  expect(await answers()).toEqual(['m0 taken.v1', 'm1 taken.v1']);
  expect(asked).toEqual([A, B]);
});

test('dead after the first of two events of a firm was answered, with its place not yet written, none is answered twice', async () => {
  away.set(2, 503);
  let dead = false;
  const batch = { ...batchOf([message(0, A), message(1, A)], TOPIC), stale: () => dead };
  const first = reader().onBatch({ ...batch, giveWay: () => (dead = true) });
  expect(await first).toBe(0);
  expect(await answers()).toEqual(['m0 taken.v1']);
  expect(await reader().onBatch(batchOf([message(0, A), message(1, A), message(2, A, 'm0')], TOPIC))).toBe(3);
  // Sent again by its partner, an event is answered again.
  expect(await answers()).toEqual(['m0 taken.v1', 'm1 taken.v1', 'm0 taken.v1']);
  expect(asked).toEqual([A, A, A]);
});

test('what names a firm that never arrives is refused, however many events do, within one wait; what arrives meanwhile is taken', async () => {
  arrives.set(A, Number.POSITIVE_INFINITY).set(B, Date.now() + 2000);
  const begun = Date.now();
  const of = Array.from({ length: 32 }, (_one, i) => message(i, i % 8 === 5 ? B : A));
  expect(await give(reader(), of, TOPIC)).toBe(32);
  expect(Date.now() - begun).toBeLessThan(15_000);
  const told = of.map(({ headers }, i) => `${headers['ce_id']} ${i % 8 === 5 ? 'taken' : 'refused'}.v1`);
  expect((await answers()).sort()).toEqual(told.sort());
});

test('of fifty partners one floods with what is refused, one sends as much as an event may hold, one has no topic for answers: nobody else waits for them', async () => {
  const [flood, large, mute] = ['flood', 'large', 'mute'];
  const others = Array.from({ length: 47 }, (_, i) => `p${i}`);
  const codes = [flood, large, mute, ...others];
  await declare(codes);
  const topics = codes.flatMap((code) => [partnerTopic(code, 'in'), partnerTopic(code, 'out')]);
  await makeTopics(
    servers.broker,
    topics.filter((topic) => topic !== partnerTopic(mute, 'out')),
    1,
  );
  const sent = (code: string, id: string, value?: string): OutgoingMessage => {
    const { headers, value: good } = message(0, A, id);
    const topic = partnerTopic(code, 'in');
    return { topic, key: id, headers: { ...headers, ce_source: `/partners/${code}` }, value: value ?? good };
  };
  const publisher = bench.bus.publisher();
  await publisher.publish([
    ...Array.from({ length: 1000 }, (_, i) => sent(flood, `f${i}`, i % 2 ? '{}' : 'no JSON')),
    ...[mute, ...others].map((code) => sent(code, code)),
  ]);
  const text = 'x'.repeat(690_000);
  for (let i = 0; i < 8; i++) await publisher.publish([sent(large, `l${i}`, JSON.stringify({ text }))]);
  const open = reader();
  const subscriber = bench.bus.subscribe({
    groupId: 'fifty',
    topics: [partnerTopic('*', 'in')],
    inTurn: { slice: 32, atOnce: 4 },
    positions: () => readPositions(bench.connection),
    onBatch: (batch) => open.onBatch(batch),
  });
  // Once each: the producer repeats what it is not sure of, and what comes twice is answered twice.
  const answered = async () => [...new Set((await answers()).map((answer) => answer.split(' ')[0] ?? ''))];
  // Of what tests before left on another partner's topic there are answers, too.
  const counted = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);
  const due = [...counted('f', 1000), ...counted('l', 8), ...others];
  const areAll = (ids: readonly string[]) => new Set([...ids, ...due]).size === ids.length;
  try {
    const all = await until(answered, areAll, 60_000);
    const last = Math.max(...others.map((code) => all.indexOf(code)));
    expect(all.filter((id) => others.includes(id))).toHaveLength(others.length);
    expect(all.slice(0, last).filter((id) => id.startsWith('f')).length).toBeLessThan(500);
    expect(all).not.toContain(mute);
    await makeTopics(servers.broker, [partnerTopic(mute, 'out')], 1);
    expect((await until(answered, (ids) => ids.includes(mute), 60_000)).at(-1)).toBe(mute);
  } finally {
    await subscriber.close();
    await publisher.close();
  }
}, 150_000);

test('in structured form, with its data as JSON or in base64, it is taken like any other; what is no JSON is answered', async () => {
  const structured = (offset: number, siret: string, base64 = false): IncomingMessage => {
    const { headers, value, ...place } = message(offset, siret);
    const attributes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.slice(3), text]));
    const data = base64 ? { data_base64: Buffer.from(value).toString('base64') } : { data: JSON.parse(value) };
    return {
      ...place,
      headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
      value: JSON.stringify({ ...attributes, ...data }),
    };
  };
  const broken = { ...structured(2, A), value: '{' };
  // As over HTTP.
  const latin = { ...structured(3, A), headers: { 'content-type': 'application/cloudevents+json; charset=latin1' } };
  await give(reader({ answersTheRest: true }), [structured(0, A), structured(1, B, true), broken, latin], TOPIC);
  expect(await answers()).toEqual(['m0 taken.v1', 'm1 taken.v1', `${TOPIC}/0/2 refused.v1`, 'm3 refused.v1']);
});
