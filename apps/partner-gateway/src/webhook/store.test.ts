import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type mongoose from 'mongoose';
import { headDone, type Progress } from './schedule.js';
import {
  addSecret,
  advanceWebhook,
  changeWebhook,
  findWebhook,
  removeWebhook,
  WEBHOOKS,
  type WebhookDocument,
} from './store.js';

/** What a partner changes while something else changes. */
let database: Awaited<ReturnType<typeof startDatabase>>;
let connection: mongoose.Connection;
beforeAll(async () => {
  database = await startDatabase();
}, 60_000);
afterAll(() => database.stop());
beforeEach(async () => {
  connection = createDatabase();
  await connect(connection, database.freshDatabase());
});
afterEach(() => connection.close());

const put = (url: string, from?: number) =>
  changeWebhook(connection, 'p', {
    url,
    fresh: { from: 7, secret: 'new' },
    ...(from === undefined ? {} : { from }),
  }) as Promise<WebhookDocument>;
const found = async () => (await findWebhook(connection, 'p')) as WebhookDocument;

test('a new one begins where it is said, with a secret; declared again it keeps both', async () => {
  expect(await put('https://a.example/')).toMatchObject({ status: 'ACTIVE', next: 7, secrets: [{ secret: 'new' }] });
  expect(await put('https://$b.example/', 3)).toMatchObject({ url: 'https://$b.example/', next: 3 });
  expect(await put('https://c.example/')).toMatchObject({ url: 'https://c.example/', next: 3, version: 3 });
  expect((await found()).secrets).toEqual([{ secret: 'new' }]);
});

test('whatever is asked at one time, each new secret is valid when it is told, and no declaration brings an old one back', async () => {
  await put('https://a.example/');
  for (let round = 0; round < 20; round++) {
    const secret = `secret-${round}`;
    const [, rotated] = await Promise.all([
      put(`https://a${round}.example/`, round),
      addSecret(connection, 'p', secret, 1000),
      changeWebhook(connection, 'p', { from: round }),
      put(`https://b${round}.example/`),
    ]);
    expect(rotated?.secrets[0]).toEqual({ secret });
    const before = round === 0 ? 'new' : `secret-${round - 1}`;
    expect((await found()).secrets).toEqual([{ secret }, { secret: before, validUntil: 1000 }]);
  }
});

test('two who change the secret at one time: one after the other', async () => {
  await put('https://a.example/');
  const both = await Promise.all(['x', 'y'].map((secret) => addSecret(connection, 'p', secret, 1000)));
  const [last, first] = (await found()).secrets.map(({ secret }) => secret);
  expect([last, first].sort()).toEqual(['x', 'y']);
  expect(both.map((one) => one?.secrets[0]?.secret)).toEqual(['x', 'y']);
});

test('declared again while events are delivered, it goes on from where they are; what failed is tried at once', async () => {
  const before = await put('https://a.example/', 0);
  const held = [{ subject: 's', position: 0, since: 1, attempts: 4, nextAttemptAt: 9e15 }];
  const failing: Progress = {
    ...headDone(before, true),
    held,
    failingSince: 1,
    nextAttemptAt: 9e15,
    headAttempts: 2,
    refusingSince: 3,
  };
  expect(await advanceWebhook(connection, before, failing)).toMatchObject({ refusingSince: 3 });
  const { _id, url, registration, version, revision, secrets, ...progress } = await put('https://b.example/');
  expect(progress).toEqual({
    status: 'ACTIVE',
    attempts: 0,
    next: 1,
    held: [{ ...held[0], nextAttemptAt: expect.any(Number) }],
  });
  // What was under way then writes nothing.
  expect(await advanceWebhook(connection, before, headDone(before, true))).toBeUndefined();
});

test('removed and declared again while a delivery hangs, what comes of that delivery changes nothing of the new one', async () => {
  const before = await put('https://old.example/', 3);
  await removeWebhook(connection, 'p');
  const declared = await put('https://new.example/', 3);
  expect(await advanceWebhook(connection, before, headDone(before, true))).toBeUndefined();
  expect(await found()).toEqual(declared);
  expect(await advanceWebhook(connection, declared, headDone(declared, true))).toMatchObject({ next: 4 });
  // However often.
  const later = await found();
  await removeWebhook(connection, 'p');
  expect(await advanceWebhook(connection, later, headDone(later, true))).toBeUndefined();
  expect(await findWebhook(connection, 'p')).toBeNull();
});

test('one that an older release kept is delivered to, and is another one once it is declared again', async () => {
  await put('https://old.example/', 3);
  await collectionOf<WebhookDocument>(connection, WEBHOOKS).updateOne({ _id: 'p' }, { $unset: { registration: '' } });
  const old = (await advanceWebhook(connection, await found(), headDone(await found(), true))) as WebhookDocument;
  expect(old).toMatchObject({ next: 4 });
  await removeWebhook(connection, 'p');
  await put('https://new.example/', 3);
  expect(await advanceWebhook(connection, old, headDone(old, true))).toBeUndefined();
  expect((await found()).url).toBe('https://new.example/');
});

test('where there is none, nothing is replayed or signed anew', async () => {
  expect(await changeWebhook(connection, 'p', { from: 0 })).toBeNull();
  expect(await addSecret(connection, 'p', 'x', 1)).toBeNull();
  expect(await findWebhook(connection, 'p')).toBeNull();
});
