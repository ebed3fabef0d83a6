import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Router } from 'express';
import { listening, smallApp, smallDocument } from '../../test/small-app.js';
import type { Caller } from '../http/caller.js';
import { makeInternal } from '../http/in-process.js';
import { grantOf } from './grant.js';
import { owned } from './ownership.js';

const text = { type: 'string', maxLength: 40 };
const query = (name: string, required = false) => ({ name, in: 'query', required, schema: text });
const answer = { default: { description: 'x' } };
const document = smallDocument({
  '/lists': {
    get: {
      operationId: 'list',
      'x-own': 'asked',
      'x-programme': ['query/programme'],
      security: [{ bearer: ['carrier', 'state'] }],
      parameters: [query('programme', true), query('carrier'), query('lang')],
      responses: answer,
    },
  },
  '/comparisons': {
    get: {
      operationId: 'compare',
      'x-programme': ['query/programmes'],
      security: [{ bearer: ['carrier', 'state'] }],
      parameters: [
        {
          name: 'programmes',
          in: 'query',
          required: true,
          explode: false,
          schema: { type: 'array', maxItems: 3, items: { type: 'string', pattern: '^[a-z0-9-]+$' } },
        },
      ],
      responses: answer,
    },
  },
  '/things/{programme}/{thing}': {
    post: {
      operationId: 'change',
      'x-own': 'thing',
      'x-programme': ['path/programme'],
      security: [{ bearer: ['carrier', 'state'] }],
      parameters: ['programme', 'thing'].map((name) => ({ name, in: 'path', required: true, schema: text })),
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { type: 'object', properties: { into: text } } } },
      },
      responses: answer,
    },
  },
});

let server: Server;
let url: string;
beforeAll(async () => {
  const ownership = {
    asked: owned({ query: ['carrier'] }, ({ carrier }) => ({
      carriers: carrier === undefined ? [] : [String(carrier)],
    })),
    thing: owned({ path: ['thing'], body: ['into'] }, ({ thing }) => ({ carriers: [String(thing)] })),
  };
  const routes = Router()
    .get('/lists', (request, response) => {
      const grant = grantOf(request);
      response.json({ decided: grant.asked, rest: request.query, only: grant.only('carrier') ?? 'everything' });
    })
    .get('/comparisons', (request, response) => {
      response.json({ decided: grantOf(request).asked, rest: request.query });
    })
    // Another name and another place in it: what the contract read is what a route gets.
    .post('/things/:a/:b', (request, response) => {
      expect(() => Object.assign(request.body as object, { into: 'other' })).toThrow();
      response.json({ params: request.params, body: request.body });
    });
  const app = smallApp(document, { routes, ownership });
  ({ server, url } = await listening((request, response) => {
    const caller = CALLERS.get(request.headers.authorization ?? '') ?? CARRIER;
    const together = { join: () => Promise.reject(new Error('no command here')) };
    makeInternal(request, { caller, together, decided: () => undefined });
    app(request, response);
  }));
});
afterAll(() => {
  server.close();
});

const CARRIER: Caller = { subject: 's', roles: ['carrier'], codes: { carrier: ['cci'] }, programmes: ['npdc-*'] };

const CALLERS = new Map([['Bearer state', { ...CARRIER, roles: ['state'] }]]);

async function ask(
  path: string,
  init: RequestInit = {},
  token = 'carrier',
): Promise<[number, Record<string, unknown>]> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url + path, { headers, ...init });
  return [response.status, (await response.json()) as Record<string, unknown>];
}

test('what was decided on is in the grant and nowhere else', async () => {
  expect(await ask('/lists?programme=npdc-2007&carrier=cci&lang=fr')).toEqual([
    200,
    { decided: { programme: 'npdc-2007', carrier: 'cci' }, rest: { lang: 'fr' }, only: ['cci'] },
  ]);
  expect(await ask('/lists?programme=npdc-2007&%63arrier=cci')).toMatchObject([
    200,
    { decided: { carrier: 'cci' }, rest: {} },
  ]);
  expect(await ask('/lists?programme=npdc-2007&carrier=other', {}, 'state')).toMatchObject([
    200,
    { decided: { carrier: 'other' }, rest: {}, only: 'everything' },
  ]);
});

describe('a parameter says one thing, or the request is refused', () => {
  test.each([
    ['twice, the own first', '/lists?programme=npdc-2007&carrier=cci&carrier=other', 400],
    ['twice, the own last', '/lists?programme=npdc-2007&carrier=other&carrier=cci', 400],
    ['twice, once encoded', '/lists?programme=npdc-2007&carrier=cci&%63arrier=other', 400],
    ['a programme twice', '/lists?programme=npdc-2007&programme=bretagne&carrier=cci', 400],
    ['as a list', '/lists?programme=npdc-2007&carrier[]=other&carrier=cci', 400],
    ['as an object', '/lists?programme=npdc-2007&carrier[x]=other&carrier=cci', 400],
    ['in capitals', '/lists?programme=npdc-2007&Carrier=other&carrier=cci', 400],
    ['with a blank', '/lists?programme=npdc-2007&carrier%20=other&carrier=cci', 400],
    ['of others', '/lists?programme=npdc-2007&carrier=other', 403],
    ['with several codes in one', '/lists?programme=npdc-2007&carrier=cci,other', 400],
    ['not at all', '/lists?programme=npdc-2007', 403],
    ['of another programme', '/lists?programme=bretagne&carrier=cci', 403],
  ])('%s', async (_what, path, status) => {
    expect((await ask(path))[0]).toBe(status);
  });
});

describe('a request that names several programmes', () => {
  test.each([
    ['separated by commas', 'programmes=npdc-2007,npdc-2014'],
    ['one by one', 'programmes=npdc-2007&programmes=npdc-2014'],
    ['one by one, once encoded', 'programmes=npdc-2007&%70rogrammes=npdc-2014'],
    ['with an encoded comma', 'programmes=npdc-2007%2Cnpdc-2014'],
  ])('%s: is let in where the token covers each', async (_how, query) => {
    expect(await ask(`/comparisons?${query}`)).toEqual([
      200,
      { decided: { programmes: ['npdc-2007', 'npdc-2014'] }, rest: {} },
    ]);
  });

  test.each([
    ['the last', 'programmes=npdc-2007,bretagne'],
    ['the first', 'programmes=bretagne,npdc-2007'],
    ['one by one', 'programmes=npdc-2007&programmes=bretagne'],
    ['one by one, encoded', 'programmes=npdc-2007&%70rogrammes=bretagne'],
    ['alone', 'programmes=bretagne'],
  ])('one of which the token does not cover, %s: is refused by its name', async (_which, query) => {
    for (const token of ['carrier', 'state']) {
      const [status, problem] = await ask(`/comparisons?${query}`, {}, token);
      expect([status, problem]).toEqual([
        403,
        expect.objectContaining({ detail: expect.stringContaining('bretagne') }),
      ]);
    }
  });

  test.each([
    ['none', 'programmes='],
    ['all of them', 'programmes=*'],
    ['as an object', 'programmes[x]=bretagne&programmes=npdc-2007'],
    ['as an object, encoded', 'programmes%5bx%5d=bretagne&programmes=npdc-2007'],
    ['as an object alone', 'programmes[x]=bretagne'],
    ['a list within a list', 'programmes=npdc-2007,bretagne&programmes=npdc-2014'],
    ['too many', 'programmes=npdc-1,npdc-2,npdc-3,npdc-4'],
  ])('%s: is malformed', async (_how, query) => {
    expect((await ask(`/comparisons?${query}`))[0]).toBe(400);
  });
});

test('a route gets the path that was decided on, and a body that nobody changes', async () => {
  const post = (path: string) => ask(path, { method: 'POST', body: '{"into":"a"}' });
  const decided = { params: { programme: 'npdc-2007', thing: 'cci' }, body: { into: 'a' } };
  expect(await post('/things/npdc-2007/cci')).toEqual([200, decided]);
  expect(await post('/things/npdc%2D2007/%63ci')).toEqual([200, decided]);
  expect((await post('/things/npdc-2007/cci%2Fother'))[0]).toBe(403);
  expect((await post('/things/npdc-2007/CCI'))[0]).toBe(403);
  expect((await post('/things/bretagne/cci'))[0]).toBe(403);
  expect((await post('/things/npdc-2007/other/../cci'))[0]).toBe(200);
});
