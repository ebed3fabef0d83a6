import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { collectionOf, connect, createDatabase } from '../src/mongo/connection.js';
import { isTransient } from '../src/mongo/transaction.js';

const connection = createDatabase();
let servers: Awaited<ReturnType<typeof startDatabase>>;
beforeAll(async () => {
  servers = await startDatabase();
  await connect(connection, servers.freshDatabase());
}, 120_000);
afterAll(async () => {
  process.kill(servers.pid, 'SIGCONT');
  await connection.close();
  await servers.stop();
});

test('what is asked of a database that stands still fails in some 15 s as one that is away, and works once it is back', async () => {
  const notes = collectionOf<{ note: string }>(connection, 'notes');
  await notes.insertOne({ note: 'before' });
  process.kill(servers.pid, 'SIGSTOP');
  const began = Date.now();
  const failed: unknown = await notes.findOne({}).catch((error: unknown) => error);
  // On a busy machine the look of a moment before may still be answered; the driver's own times are 45 s.
  expect(Date.now() - began).toBeLessThan(30_000);
  expect(isTransient(failed)).toBe(true);
  process.kill(servers.pid, 'SIGCONT');
  expect(await notes.findOne({})).toMatchObject({ note: 'before' });
}, 60_000);
