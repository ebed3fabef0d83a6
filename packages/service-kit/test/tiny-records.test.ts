import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { produceRaw, recordBatch } from '@gpect/test-kit/record-batch';
import { type Servers, startServers } from '@gpect/test-kit/servers';
import { makeTopics } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IncomingMessage } from '../src/events/cloudevents.js';
import { BREATH_RECORDS } from '../src/kafka/breath.js';
import { connectKafka } from '../src/kafka/kafka.js';
import { logger } from './workbench.js';

const READER = fileURLToPath(new URL('tiny-records-reader.mjs', import.meta.url));
const HEAP_MB = 128;
const [MANY, FEW] = ['gpect.partner.many.in', 'gpect.partner.few.in'];
/** Batches of records that hold nothing: eight bytes each in their topic, some hundreds where they are taken out. */
const [RECORDS, BATCHES] = [50_000, 8];

let servers: Servers;
let reader: ChildProcess | undefined;
beforeAll(async () => {
  servers = await startServers();
  await makeTopics(servers.broker, [MANY, FEW], 1);
}, 120_000);
afterAll(async () => {
  reader?.kill('SIGKILL');
  await servers.stop();
}, 60_000);

test(`${RECORDS * BATCHES} tiny records of one partner: the reader stays within ${HEAP_MB} MB of heap, and another partner's events are taken long before`, async () => {
  const tiny = recordBatch(Array.from({ length: RECORDS }, () => ({})));
  for (let i = 0; i < BATCHES; i++) expect(await produceRaw(servers.broker, MANY, 0, tiny)).toBe(0);
  expect(await produceRaw(servers.broker, FEW, 0, recordBatch([{ value: 'a' }, { value: 'b' }]))).toBe(0);
  const sizes = JSON.stringify({ [MANY]: RECORDS * BATCHES, [FEW]: 2 });
  reader = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, READER, servers.broker, sizes], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  const ended = new Promise<string>((resolve) => reader?.once('exit', (code, signal) => resolve(`${code ?? signal}`)));
  const taken = new Promise<string>((resolve) =>
    reader?.stdout?.on('data', (chunk: Buffer) => {
      said.push(...String(chunk).trim().split('\n'));
      if (said.length === 2) resolve('both');
    }),
  );
  expect(await Promise.race([ended, taken])).toBe('both');
  expect(said[0]).toMatch(new RegExp(`^${FEW} ${MANY}:\\d{6} ${FEW}:0 `));
  expect(said[1]).toContain(`${MANY} ${MANY}:0 ${FEW}:0 `);
  // Health and requests are served meanwhile, though the reader waits for nothing.
  expect(Number(said[1]?.split(' ').at(-1))).toBeLessThanOrEqual(BREATH_RECORDS + 4 * 32);
}, 120_000);

test('half a million empty records in one batch are one place, with why; another partner is served beside it and the consumer is not made anew', async () => {
  const [bomb, other] = ['gpect.partner.bomb.in', 'gpect.partner.other.in'];
  await makeTopics(servers.broker, [bomb, other], 1);
  const batch = recordBatch(
    Array.from({ length: 500_000 }, () => ({})),
    { codec: 1 },
  );
  expect(await produceRaw(servers.broker, bomb, 0, batch)).toBe(0);
  expect(await produceRaw(servers.broker, bomb, 0, recordBatch([{ value: 'behind' }]))).toBe(0);
  expect(await produceRaw(servers.broker, other, 0, recordBatch([{ value: 'a' }]))).toBe(0);
  const bus = connectKafka({ brokers: servers.broker, clientId: 'test', logger });
  const [seen, renewed]: [IncomingMessage[], unknown[]] = [[], []];
  const subscriber = bus.subscribe({
    groupId: 'bomb',
    topics: [bomb, other],
    inTurn: { slice: 32, atOnce: 4 },
    positions: async () => new Map(),
    onRenewed: (why, error) => renewed.push([why, error]),
    onBatch: async ({ messages }) => {
      seen.push(...messages);
      return (messages.at(-1)?.offset ?? 0) + 1;
    },
  });
  try {
    await until(
      async () => seen.length,
      (count) => count >= 3,
      30_000,
    );
  } finally {
    await subscriber.close();
    await bus.close();
  }
  expect(seen.filter(({ topic }) => topic === other)).toHaveLength(1);
  expect(seen.filter(({ topic }) => topic === bomb).map(({ offset }) => offset)).toEqual([499_999, 500_000]);
  expect(seen.find(({ batch: of }) => of)).toMatchObject({
    batch: { first: 0, last: 499_999 },
    fault: expect.stringContaining('it holds 500000 records, at most 50000 are read'),
  });
  expect(renewed).toEqual([]);
}, 60_000);
