import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { collectionOf, connect, createDatabase } from '../src/mongo/connection.js';
import { keepFor } from '../src/mongo/expiry.js';

let servers: Awaited<ReturnType<typeof startDatabase>>;
const connection = createDatabase();
beforeAll(async () => {
  servers = await startDatabase();
  await connect(connection, servers.freshDatabase());
}, 120_000);
afterAll(async () => {
  await connection.close();
  await servers.stop();
}, 60_000);

test('how long documents are kept is what the code says, whatever an earlier release made the index with', async () => {
  const kept = collectionOf<{ at: Date }>(connection, 'kept');
  for (const seconds of [3600, 3600, 7200]) {
    await keepFor(connection, kept, seconds);
    const times = (await kept.indexes()).flatMap(({ key, expireAfterSeconds }) =>
      'at' in key ? [expireAfterSeconds] : [],
    );
    expect(times).toEqual([seconds]);
  }
});

test('another fault of an index is one', async () => {
  const other = collectionOf<{ at: Date }>(connection, 'other');
  await expect(keepFor(connection, other, -5)).rejects.toThrow();
});
