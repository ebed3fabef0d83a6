import { produceRaw, recordBatch } from '@gpect/test-kit/record-batch';
import { type Servers, startServers } from '@gpect/test-kit/servers';
import { makeTopics } from '@gpect/test-kit/topics';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applyTopics } from './topics.js';

let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
}, 120_000);
afterAll(() => servers.stop(), 60_000);

const topic = (name: string, partitions: number) => ({ name, partitions, config: { 'cleanup.policy': 'delete' } });

test('a topic without events gets more partitions; one with events keeps them, and it is said what to do', async () => {
  const apply = (partitions: number) =>
    applyTopics(servers.broker, 1, [topic('t.empty', partitions), topic('t.full', partitions)]);
  await apply(2);
  // They are there: until they can be written to.
  await makeTopics(servers.broker, ['t.empty', 't.full']);
  expect(await produceRaw(servers.broker, 't.full', 1, recordBatch([{ value: 'x' }]))).toBe(0);
  await expect(apply(3)).rejects.toThrow(
    /nothing was changed\nt\.full has 2 partitions and holds 1 events.*Write "partitions: 2"/,
  );
  expect(await applyTopics(servers.broker, 1, [topic('t.empty', 3), topic('t.full', 2)])).toEqual([
    't.empty: 2 -> 3 partitions',
  ]);
}, 60_000);
