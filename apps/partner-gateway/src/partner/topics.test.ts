import { KNOWN_PARTNERS, keepPartners } from '@gpect/partner-events/known-partners';
import { connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { inTransaction } from '@gpect/service-kit/mongo/transaction';
import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type mongoose from 'mongoose';
import { missingTopics, partnerTopicsHealth } from './topics.js';

let database: Awaited<ReturnType<typeof startDatabase>>;
let connection: mongoose.Connection;
beforeAll(async () => {
  database = await startDatabase();
  connection = createDatabase();
  await connect(connection, database.freshDatabase());
  await connection.createCollection(KNOWN_PARTNERS);
  const declared = ['a', 'b'].map((code) => ({ _id: code, partner: { partner: code } as never }));
  await inTransaction(connection, (session) =>
    keepPartners(connection, [...declared, { _id: 'gone', partner: null }], session),
  );
}, 60_000);
afterAll(async () => {
  await connection.close();
  await database.stop();
});

const topics = (...names: string[]) => ({ existing: async () => names.map((name) => `gpect.partner.${name}`) });

test('a partner without a topic for its answers is named, and its service with it is degraded, not unready', async () => {
  const missing = await missingTopics(connection, topics('a.in', 'a.out', 'b.in', 'gone.in'));
  expect(missing).toEqual(['gpect.partner.b.out']);
  expect(partnerTopicsHealth(missing)).toEqual({
    state: 'degraded',
    detail: expect.stringContaining('there is no topic gpect.partner.b.out'),
  });
});

test('where each has its own, or nothing can be known, that is said; who takes part no more needs none', async () => {
  const missing = await missingTopics(connection, topics('a.in', 'a.out', 'b.in', 'b.out'));
  expect(partnerTopicsHealth(missing)).toMatchObject({ state: 'ok' });
  expect(partnerTopicsHealth(undefined)).toMatchObject({ state: 'degraded' });
});
