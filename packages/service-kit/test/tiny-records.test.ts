import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { produceRaw, recordBatch } from '@gpect/test-kit/record-batch';
import { type Servers, startServers } from '@gpect/test-kit/servers';
import { makeTopics } from '@gpect/test-kit/topics';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const READER = fileURLToPath(new URL('tiny-records-reader.mjs', import.meta.url));
const HEAP_MB = 128;
const [MANY, FEW] = ['gpect.partner.many.in', 'gpect.partner.few.in'];
/** Batches of records that hold nothing: eight bytes each in their topic, some hundreds where they are taken out. */
const [RECORDS, BATCHES] = [100_000, 4];

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
  expect(said[0]).toMatch(new RegExp(`^${FEW} ${MANY}:\\d{6} ${FEW}:0$`));
  expect(said[1]).toBe(`${MANY} ${MANY}:0 ${FEW}:0`);
}, 120_000);
