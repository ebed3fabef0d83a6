import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findJava, findKafka } from '@gpect/local-servers/tools';
import { type IncomingMessage, readMessage } from '@gpect/service-kit/events/cloudevents';
import { connectKafka, type EventBus } from '@gpect/service-kit/kafka/kafka';
import type { Subscriber } from '@gpect/service-kit/kafka/subscription';
import { createLogger } from '@gpect/service-kit/observability/logger';
import { Chances } from '@gpect/test-kit/chances';
import { produceRaw, recordBatch } from '@gpect/test-kit/record-batch';
import { type Servers, startServers } from '@gpect/test-kit/servers';
import { makeTopics } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readPartnerEvent } from '../src/partner-event.js';
import { binaryEvent, inBinaryMode } from '../src/sent-event.js';
import { anyRecords, PACK } from './any-records.js';

const logger = createLogger('test', (process.env['TEST_LOG'] ?? 'silent') as 'silent');

const run = promisify(execFile);
const TOOLS = fileURLToPath(new URL('../../../.local/tools', import.meta.url));
const CLIENTS = fileURLToPath(new URL('clients', import.meta.url));
const TOPIC = 'gpect.partner.codecs.in';
/** Records of any bytes through the broker; the long campaign: GPECT_FUZZ_BROKER=100000, and GPECT_FUZZ_SEED to see one again. */
const RECORDS = Number(process.env['GPECT_FUZZ_BROKER'] ?? 1000);
const SEED = Number(process.env['GPECT_FUZZ_SEED'] ?? 13);
let servers: Servers;
const renewed: string[] = [];
let bus: EventBus;
let reader: Subscriber;
const read: IncomingMessage[] = [];

beforeAll(async () => {
  servers = await startServers();
  await makeTopics(servers.broker, [TOPIC], 1);
  bus = connectKafka({ brokers: servers.broker, clientId: 'test', logger });
  reader = bus.subscribe({
    groupId: 'codecs',
    topics: [TOPIC],
    positions: async () => new Map(),
    onRenewed: (why, error) => renewed.push(`${why}: ${error instanceof Error ? error.stack : String(error)}`),
    onBatch: async ({ messages }) => {
      read.push(...messages);
      return (messages.at(-1)?.offset ?? 0) + 1;
    },
  });
}, 120_000);
afterAll(async () => {
  await reader.close();
  await bus.close();
  await servers.stop();
}, 60_000);

const arrived = (id: string): Promise<IncomingMessage | undefined> =>
  until(
    async () => read.find(({ headers }) => headers['ce_id'] === id),
    (found) => found !== undefined,
    30_000,
  );

async function java(how: string): Promise<void> {
  const [program, jars] = [await findJava(TOOLS), await findKafka(TOOLS)];
  await run(program, ['-cp', join(jars, '*'), join(CLIENTS, 'Produce.java'), servers.broker, TOPIC, how]);
}

describe('what a client of another maker wrote is read', () => {
  test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])('Java, compressed with %s', async (codec) => {
    await java(codec);
    for (let i = 0; i < 4; i++) {
      const message = await arrived(`${codec}-${i}`);
      expect(message).toMatchObject({ key: 'key', value: 'Une entreprise de plus. '.repeat(8000) });
      expect(message?.fault).toBeUndefined();
    }
  });

  test('Java, in transactions: what was given up is not there, what came behind it is', async () => {
    await java('transactions');
    await arrived('transactions-3');
    expect(read.some(({ headers }) => headers['ce_id'] === 'given-up')).toBe(false);
  });
});

test('a batch that the broker takes and nobody unpacks: one place, with its offsets, and what is behind it is read', async () => {
  const bomb = recordBatch([{ value: Buffer.alloc(40 * 1024 * 1024) }, { value: 'x' }], { codec: 1 });
  expect(await produceRaw(servers.broker, TOPIC, 0, bomb)).toBe(0);
  const behind = recordBatch([{ headers: [['ce_id', 'behind']] }]);
  expect(await produceRaw(servers.broker, TOPIC, 0, behind)).toBe(0);
  const next = await arrived('behind');
  const unreadable = read.find(({ batch }) => batch);
  const last = (next?.offset ?? 0) - 1;
  expect(unreadable).toMatchObject({ offset: last, batch: { first: last - 1, last } });
  expect(unreadable?.fault).toContain('cannot be read');
});

test(`${RECORDS} records of any bytes (seed ${SEED}), of every codec: each that the broker takes is read, ends in an event, a refusal or parked, and the consumer goes on`, async () => {
  const chances = new Chances(SEED);
  const { below } = chances;
  const anyRecord = anyRecords(chances);
  const codecs = new Set<number>();
  const refusals = new Map<number, number>();
  let taken = 0;
  for (let tried = 0; tried < RECORDS; ) {
    const records = Array.from({ length: 1 + below(20) }, anyRecord);
    const codec = below(PACK.length);
    const pack = PACK[codec];
    // The latest of them says that it is of now: brokers take nothing of the future.
    const timestamp = BigInt(Date.now() - 2 ** 31 - 60_000);
    const batch = recordBatch(records, { codec, timestamp, ...(pack ? { pack } : {}) });
    const error = await produceRaw(servers.broker, TOPIC, 0, batch);
    if (error !== 0) refusals.set(error, (refusals.get(error) ?? 0) + 1);
    if (error === 0) {
      taken += records.length;
      codecs.add(codec);
    }
    tried += records.length;
  }
  const before = read.findIndex(({ headers }) => headers['ce_id'] === 'behind') + 1;
  await produceRaw(servers.broker, TOPIC, 0, recordBatch([{ headers: [['ce_id', 'the-end']] }]));
  await arrived('the-end');
  const records = read.slice(before, -1);
  expect([...codecs].sort()).toEqual([0, 1, 2, 3, 4]);
  expect([...refusals]).toEqual([]);
  expect(records).toHaveLength(taken);
  for (const record of records) {
    expect(['event', 'unusable', 'unknown', 'newer', 'unwanted']).toContain(readMessage(record, () => true).kind);
    readPartnerEvent(binaryEvent(inBinaryMode(record)), 'x', undefined, 0);
  }
  expect(renewed).toEqual([]);
}, 3_600_000);
