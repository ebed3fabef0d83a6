import type { Server } from 'node:http';
import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Router } from 'express';
import { auditRoutes } from '../src/audit/audit-routes.js';
import { auditRead, auditWrite, indexAudit, trailOf } from '../src/audit/audit-trail.js';
import type { Caller } from '../src/http/caller.js';
import { makeInternal } from '../src/http/in-process.js';
import { connect, createDatabase } from '../src/mongo/connection.js';
import { listening, smallApp, smallDocument } from './small-app.js';

/** Figures that are told to who says why, and the audit trail beside them. */
const text = { type: 'string', maxLength: 200 };
const query = (name: string) => ({ name, in: 'query', schema: text });
const answers = { default: { description: 'x' } };
const security = [{ bearer: ['state', 'region'] }];
const document = smallDocument({
  '/figures': {
    get: {
      operationId: 'getFigures',
      'x-programme': ['query/programme'],
      security,
      parameters: ['programme', 'purpose'].map(query),
      responses: answers,
    },
    post: { operationId: 'changeFigures', 'x-programme': ['shared'], security, responses: answers },
  },
  '/audit': {
    get: {
      operationId: 'getAuditTrail',
      'x-programme': ['listed'],
      security,
      parameters: ['who', 'subject', 'before'].map(query),
      responses: answers,
    },
  },
});

const CALLERS = new Map<string, Caller>([
  ['anne', { subject: 'anne', roles: ['region'], codes: {}, programmes: ['npdc-*'] }],
  ['marc', { subject: 'marc', roles: ['state'], codes: {}, programmes: ['bretagne'] }],
  ['state', { subject: 'state', roles: ['state'], codes: {}, programmes: ['*'] }],
]);

const connection = createDatabase();
const trail = () => trailOf(connection);
let servers: Awaited<ReturnType<typeof startDatabase>>;
let server: Server;
let url: string;

beforeAll(async () => {
  servers = await startDatabase();
  await connect(connection, servers.freshDatabase());
  await indexAudit(connection);
  const audit = auditRoutes(connection)['GET /audit'];
  const routes = Router()
    .get('/figures', async ({ query: { purpose }, grant }, response) => {
      await auditRead(connection, [grant?.text('programme') ?? ''], String(purpose));
      response.json({ entriesWhenAnswered: await trail().countDocuments() });
    })
    .post('/figures', async (_request, response) => {
      await auditWrite(connection, 'npdc-2007/figures', 'changed');
      response.json({});
    })
    .get('/audit', async (request, response) => {
      const { query: asked } = request;
      await audit({ query: asked, request } as never, response as never);
    });
  const app = smallApp(document, { routes });
  ({ server, url } = await listening((request, response) => {
    const caller =
      CALLERS.get(request.headers.authorization?.replace('Bearer ', '') ?? '') ?? (CALLERS.get('anne') as Caller);
    const together = { join: () => Promise.reject(new Error('no command here')) };
    makeInternal(request, { caller, together, decided: () => undefined });
    app(request, response);
  }));
}, 120_000);
afterAll(async () => {
  server.close();
  await connection.close();
  await servers.stop();
}, 60_000);
beforeEach(() => trail().deleteMany({}));

const ask = async (who: string, path: string, method = 'GET') => {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${who}`, 'x-correlation-id': 'c-1' },
  });
  return [response.status, await response.json()] as const;
};
const trailFor = async (who: string, asked = '') => {
  const [, body] = await ask(who, `/audit${asked}`);
  return (body as { entries: { who: string; read?: string[]; purpose?: string }[] }).entries;
};
const READ = '/figures?programme=npdc-2007&purpose=Comit%C3%A9%20du%2012%20juin';

test('who reads every figure is in the trail before the answer: who, when, from where, of what and why', async () => {
  const before = Date.now();
  expect(await ask('anne', READ)).toEqual([200, { entriesWhenAnswered: 1 }]);
  const [entry, ...more] = await trailFor('anne');
  expect(more).toEqual([]);
  expect(entry).toEqual({
    id: expect.any(String),
    at: expect.any(String),
    who: 'anne',
    roles: ['region'],
    from: expect.stringContaining('127.0.0.1'),
    operation: 'getFigures',
    path: `GET ${READ}`,
    correlationid: 'c-1',
    changes: [],
    read: ['npdc-2007'],
    purpose: 'Comité du 12 juin',
  });
  const at = Date.parse((entry as unknown as { at: string }).at);
  expect([at >= before, at <= Date.now()]).toEqual([true, true]);
});

describe('the trail is shown to', () => {
  beforeEach(async () => {
    await ask('anne', READ);
    await ask('marc', '/figures?programme=bretagne&purpose=Audit%20annuel');
    await ask('anne', '/figures', 'POST');
  });
  const shown = async (who: string, asked?: string) =>
    (await trailFor(who, asked)).map(({ purpose = 'a write' }) => purpose);

  test('who acts in the programme that was read, and to nobody of another one', async () => {
    expect(await shown('anne')).toEqual(['a write', 'Comité du 12 juin']);
    expect(await shown('marc')).toEqual(['Audit annuel']);
    expect(await shown('state')).toEqual(['a write', 'Audit annuel', 'Comité du 12 juin']);
  });

  test('who asks for one subject, read or written', async () => {
    expect(await shown('state', '?subject=npdc-2007')).toEqual(['Comité du 12 juin']);
    expect(await shown('state', '?subject=npdc-2007%2Ffigures')).toEqual(['a write']);
  });
});

test('of several programmes the trail is shown to who acts in all of them', async () => {
  const entry = { who: 'x', roles: ['state'], from: 'x', operation: 'x', path: 'x', changes: [], purpose: 'Comparer' };
  await trail().insertOne({ ...entry, _id: '1', at: new Date(), read: ['npdc-2007', 'bretagne'] });
  expect(await trailFor('anne')).toEqual([]);
  expect(await trailFor('state')).toHaveLength(1);
});

test('a read that nobody asked for by a request is a fault of ours: nothing is told', async () => {
  await expect(auditRead(connection, ['npdc-2007'], 'Comité')).rejects.toThrow('no request');
  expect(await trail().countDocuments()).toBe(0);
});

test('a read that cannot be written down is not answered', async () => {
  const name = connection.name;
  const { status } = await withoutWrites(name, () => fetch(url + READ, { headers: { authorization: 'Bearer anne' } }));
  expect(status).toBeGreaterThanOrEqual(500);
});

/** The database takes no entry meanwhile. */
async function withoutWrites<T>(name: string, meanwhile: () => Promise<T>): Promise<T> {
  const db = connection.getClient().db(name);
  await db.command({ collMod: 'audit', validator: { never: true }, validationAction: 'error' });
  try {
    return await meanwhile();
  } finally {
    await db.command({ collMod: 'audit', validator: {} });
  }
}
