import type { IncomingMessage } from '@gpect/service-kit/events/cloudevents';
import type { Batch } from '@gpect/service-kit/kafka/batch';
import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { createLogger } from '@gpect/service-kit/observability/logger';
import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type mongoose from 'mongoose';
import { headOf, requirePosition } from './head.js';
import { indexKept, keep, keptFrom } from './kept-events.js';
import { KeptLog } from './kept-log.js';

/** What partners get of a topic that is another one than was kept. */
let database: Awaited<ReturnType<typeof startDatabase>>;
let connection: mongoose.Connection;
const logger = createLogger('test', 'silent');
beforeAll(async () => {
  database = await startDatabase();
}, 60_000);
afterAll(() => database.stop());
beforeEach(async () => {
  connection = createDatabase();
  await connect(connection, database.freshDatabase());
  await indexKept(connection);
});
afterEach(() => connection.close());

const message = (offset: number, id: string): IncomingMessage => ({
  ...{ topic: 'gpect.partner.p.out', partition: 0, offset, key: '', value: '{}' },
  headers: { ce_id: id, ce_source: '/services/enrolment' },
});

/** Keeps a topic's events as the keeper does, from where it is sent. */
async function keepAll(topic: string, ids: readonly string[], log?: KeptLog): Promise<KeptLog> {
  const kept = log ?? (await KeptLog.load(connection, 'p'));
  const all = ids.map((id, offset) => message(offset, id));
  let from = kept.next;
  for (;;) {
    const messages = all.filter(({ offset }) => offset >= Math.min(from, all.length - 1));
    const batch = { messages, log: { topic, connection: 1, end: all.length } } as unknown as Batch;
    const elsewhere = await kept.agree(batch, logger);
    if (elsewhere === undefined) {
      await keep(connection, kept, messages);
      await kept.kept(messages);
      return kept;
    }
    from = elsewhere;
  }
}
const polled = async () =>
  (await keptFrom(connection, 'p', 0, 100)).map(
    ({ position, event }) => `${position} ${(JSON.parse(event) as { id: string }).id}`,
  );

test('made again or restored, its events are kept behind those that are kept already, each once', async () => {
  const log = await keepAll('t1', ['a', 'b', 'c']);
  await keepAll('t2', ['c', 'd'], log);
  expect(await polled()).toEqual(['0 a', '1 b', '2 c', '4 d']);
  // By another replica, of a Kafka that was put back: shorter, and then another event where one was kept.
  await keepAll('t2', ['c']);
  await keepAll('t2', ['c', 'e', 'f']);
  expect((await polled()).map((text) => text.split(' ')[1])).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('a position where nothing is yet is refused with where the next event will be; one that was reached is taken, though nothing of it is kept any more', async () => {
  const ask = (from: number) => requirePosition(connection, 'p', from, { in: 'query', parameter: 'from' });
  await ask(0);
  const log = await keepAll('t1', ['a', 'b', 'c']);
  for (const from of [0, 2, 3]) await ask(from);
  for (const from of [4, 1_000_000, Number.MAX_SAFE_INTEGER])
    await expect(ask(from)).rejects.toMatchObject({
      status: 422,
      code: 'position-beyond-head',
      more: { detail: expect.stringContaining('up to 3'), errors: [{ in: 'query', parameter: 'from' }] },
    });
  // After 90 days, and then the topic is made again.
  await collectionOf(connection, 'kept_events').deleteMany({});
  await ask(3);
  await keepAll('t2', ['d'], log);
  expect(await polled()).toEqual(['3 d']);
  expect(await headOf(connection, 'p')).toBe(4);
});

test('what a release before kept, without saying of which log, is known again', async () => {
  await keepAll('t1', ['a', 'b', 'c']);
  await collectionOf(connection, 'kept_logs').deleteMany({});
  await collectionOf(connection, 'kept_events').updateMany({}, { $unset: { print: '' } });
  await keepAll('t1', ['b', 'd']);
  expect((await polled()).map((text) => text.split(' ')[1])).toEqual(['a', 'b', 'c', 'd']);
});
