import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listening, smallApp, smallDocument } from '../../test/small-app.js';
import { owned } from '../rights/ownership.js';
import { allRoutes, dispatch } from './dispatch.js';
import { makeInternal } from './in-process.js';

const text = { type: 'string', maxLength: 40 };
const number = { type: 'integer', minimum: 0 };
const inPath = (name: string, schema: object) => ({ name, in: 'path', required: true, schema });
const operation = {
  'x-programme': ['shared'],
  security: [{ bearer: ['state'] }],
  responses: { default: { description: 'x' } },
};
const document = smallDocument({
  '/logs/{topic}/{offset}': {
    parameters: [inPath('topic', text), inPath('offset', number)],
    get: {
      ...operation,
      'x-own': 'asked',
      parameters: [
        { name: 'carrier', in: 'query', schema: text },
        { name: 'limit', in: 'query', schema: number },
        { name: 'lines', in: 'query', schema: { ...number, default: 20 } },
      ],
    },
    put: {
      ...operation,
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
    },
  },
  '/logs/newest/0': { get: operation },
  '/logs': { get: operation },
});
const routes = {
  'GET /logs/{topic}/{offset}': ({ params, query }: { params: unknown; query: unknown }, response: Answers) =>
    response.json({ params, query }),
  'PUT /logs/{topic}/{offset}': ({ params, body }: { params: unknown; body: unknown }, response: Answers) =>
    response.json({ params, body }),
  'GET /logs/newest/0': (_asked: unknown, response: Answers) => response.json('newest'),
  'GET /logs': () => {
    throw new Error('the route fails');
  },
};
interface Answers {
  json(body: unknown): unknown;
}

let server: Server;
let url: string;
beforeAll(async () => {
  const app = smallApp(document, {
    routes: dispatch(document, [routes]),
    ownership: { asked: owned({ query: ['carrier'] }, () => undefined) },
  });
  ({ server, url } = await listening((request, response) => {
    const caller = { subject: 's', roles: ['state'], codes: {}, programmes: [] };
    const together = { join: () => Promise.reject(new Error('no command here')) };
    makeInternal(request, { caller, together, decided: () => undefined });
    app(request, response);
  }));
});
afterAll(() => {
  server.close();
});

async function ask(path: string, init: RequestInit = {}): Promise<[number, unknown]> {
  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
  const response = await fetch(url + path, { headers, ...init });
  return [response.status, await response.json()];
}

describe('a route gets what the contract says', () => {
  test('numbers of the path and of the query are numbers, and what is left out has its default', async () => {
    expect(await ask('/logs/a/7?limit=5')).toEqual([
      200,
      { params: { topic: 'a', offset: 7 }, query: { limit: 5, lines: 20 } },
    ]);
  });
  test('what rights decided on stands in the query beside the rest', async () => {
    expect(await ask('/logs/a/7?carrier=cci&limit=5')).toEqual([
      200,
      { params: { topic: 'a', offset: 7 }, query: { carrier: 'cci', limit: 5, lines: 20 } },
    ]);
  });
  test('its body', async () => {
    expect(await ask('/logs/a/7', { method: 'PUT', body: '{"b":1}' })).toEqual([
      200,
      { params: { topic: 'a', offset: 7 }, body: { b: 1 } },
    ]);
  });
  test('the more exact path goes before one with parameters, wherever its route stands', async () => {
    expect(await ask('/logs/newest/0')).toEqual([200, 'newest']);
  });
  test('a route that fails is answered as a fault of ours', async () => {
    expect((await ask('/logs'))[0]).toBe(500);
  });
});

describe('a service does not start', () => {
  const { 'GET /logs': logs, ...others } = routes;
  test('where an operation has no route', () => {
    expect(() => dispatch(document, [others])).toThrow('GET /logs has no route');
  });
  test('where a route has no operation', () => {
    expect(() => dispatch(document, [routes, { 'GET /logz': logs }])).toThrow('GET /logz is no operation');
    expect(() => dispatch(document, [routes, { 'POST /logs': logs }])).toThrow('POST /logs is no operation');
  });
  test('where an operation has two routes', () => {
    expect(() => dispatch(document, [routes, { 'GET /logs': logs }])).toThrow('GET /logs has two routes');
  });
});

test('two parts of a service that answer one operation are refused: one would never be asked', () => {
  const answer = async () => undefined;
  expect(() => allRoutes({ 'GET /logs': answer }, { 'GET /logs': answer })).toThrow('GET /logs has two routes');
});
