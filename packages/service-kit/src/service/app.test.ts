import { request as ask, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Router } from 'express';
import { listening, smallApp, smallDocument } from '../../test/small-app.js';
import { answerBrokenRequests } from '../http/broken-request.js';
import { askInProcess, makeInternal } from '../http/in-process.js';
import { TITLES, type Title } from '../http/titles.js';

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: { type: 'string', maxLength: 20 }, list: { type: 'array', items: { type: 'integer' } } },
};
const answer = { default: { description: 'x' } };
const document = smallDocument({
  '/things/{code}': {
    post: {
      'x-programme': ['shared'],
      security: [{ bearer: ['state'] }],
      parameters: [
        { name: 'code', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'note', in: 'query', schema: { type: 'string', maxLength: 5 } },
        { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 5 } },
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body }, 'application/cloudevents+json': { schema: body } },
      },
      responses: answer,
    },
  },
});

let server: Server;
let app: RequestListener;
let url: string;
beforeAll(async () => {
  const routes = Router().post('/things/:code', (request, response) => {
    response.json(request.body);
  });
  app = smallApp(document, { routes, config: { REQUESTS_PER_SECOND: 1000, REFUSED_PER_SECOND: 1000 } });
  ({ server, url } = await listening((request, response) => {
    if (request.headers.authorization === `Bearer ${KNOWN}`) makeInternal(request, internal);
    app(request, response);
  }));
  answerBrokenRequests(server);
});
afterAll(() => {
  server.close();
});

const KNOWN = 'known';
const internal = {
  caller: { subject: 's', roles: ['state'], codes: {}, programmes: [] },
  together: { join: () => Promise.reject(new Error('no command here')) },
  decided: () => undefined,
};

async function post(
  text: string | Buffer,
  { path = '/things/a', ...headers }: Record<string, string> = {},
): Promise<{ status: number; problem: Record<string, unknown> & { errors?: Record<string, string>[] } }> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${KNOWN}`, 'content-type': 'application/json', ...headers },
    body: text,
  });
  return { status: response.status, problem: (await response.json()) as never };
}
const good = '{"name":"café"}';

test.each([
  ['in capitals, with a quoted character set', good, { 'content-type': 'Application/JSON; Charset="UTF-8"' }],
  ['as an event', good, { 'content-type': 'Application/CloudEvents+JSON' }],
  ['with a byte order mark', `\ufeff${good}`, {}],
  ['compressed', gzipSync(good), { 'content-encoding': 'gzip' }],
])('a body %s is read', async (_what, text, headers) => {
  expect(await post(text, headers as Record<string, string>)).toEqual({ status: 200, problem: { name: 'café' } });
});

describe('a body is refused where it is at fault', () => {
  test.each<[string, string | Buffer, number, string, string]>([
    ['Latin-1', Buffer.from(good, 'latin1'), 400, 'not-utf-8', ''],
    ['a name twice', '{"name":"a","name":"b"}', 400, 'json-unfit', '/name'],
    ['half a surrogate pair', String.raw`{"name":"\ud800"}`, 400, 'json-unfit', '/name'],
    ['U+0000', String.raw`{"name":"\u0000"}`, 400, 'json-unfit', '/name'],
    ['no JSON', '{', 400, 'malformed', ''],
    ['another type', '{"name":1}', 400, 'malformed', '/name'],
    ['inside a list', '{"name":"a","list":[1,"x"]}', 400, 'malformed', '/list/1'],
    ['a field missing', '{}', 400, 'malformed', '/name'],
    ['a field too many, its name with slashes', '{"name":"a","b/c~d":1}', 400, 'malformed', '/b~1c~0d'],
    ['no object', '[]', 400, 'malformed', ''],
  ])('%s', async (_what, text, status, code, pointer) => {
    const { status: said, problem } = await post(text);
    expect([said, problem['type'], problem.errors?.[0]?.['pointer']]).toEqual([
      status,
      `urn:gpect:problem:${code}`,
      pointer,
    ]);
    expect(problem.errors?.[0]?.['detail']).toMatch(/\w/);
  });
});

test.each<[string, string, Record<string, string>, object]>([
  ['a query that is too long', '/things/a?note=123456', {}, { in: 'query', parameter: 'note' }],
  ['an escape of the query that is no UTF-8', '/things/a?note=%ff', {}, { in: 'query', parameter: 'note' }],
  ['an unknown parameter', '/things/a?x=1', {}, {}],
  ['U+0000 in the query', '/things/a?note=%00', {}, { in: 'query', parameter: 'note' }],
  ['an escape of the path that is no UTF-8', '/things/%ff', {}, { in: 'path' }],
  ['a control character in the path', '/things/a%07', {}, { in: 'path' }],
  [
    'a header that is too long',
    '/things/a',
    { 'idempotency-key': '123456' },
    { in: 'header', parameter: 'idempotency-key' },
  ],
  [
    'a correlation id that is too long',
    '/things/a',
    { 'x-correlation-id': 'a'.repeat(201) },
    { in: 'header', parameter: 'x-correlation-id' },
  ],
  ['a correlation id with blanks', '/things/a', { 'x-correlation-id': 'a b' }, { in: 'header' }],
  ['a header beyond ASCII', '/things/a', { 'x-correlation-id': 'é' }, { in: 'header', parameter: 'x-correlation-id' }],
])('%s is named as the parameter that it is', async (_what, path, headers, place) => {
  const { status, problem } = await post(good, { path, ...headers });
  expect(status).toBe(400);
  expect(problem.errors?.[0] ?? problem).toMatchObject({ ...place, detail: expect.any(String) });
  expect(problem.errors?.[0] ?? {}).not.toHaveProperty('pointer');
});

describe('who asks for no English is told in French where the fault is, the value and what to do', () => {
  test.each<[string, string | Buffer, Record<string, string>, RegExp]>([
    ['a field missing', '{}', {}, /^le champ « name » manque : donnez-le$/],
    ['another type', '{"name":1}', {}, /^le champ « name » n’est pas .* \(« 1 »\) : donnez un texte$/],
    ['inside a list', '{"name":"a","list":[1,"x"]}', {}, /^le champ « list \/ 1 » .*« x ».* un nombre entier$/],
    ['a field too many', '{"name":"a","b/c~d":1}', {}, /^le champ « b\/c~d » n’est pas prévu : retirez-le/],
    ['no object', '[]', {}, /^le contenu .* donnez un objet$/],
    [
      'a text that is too long',
      '{"name":"aaaaaaaaaaaaaaaaaaaaaaa"}',
      {},
      /« name » est trop long.*au plus 20 caractères/,
    ],
    [
      'a query that is too long',
      good,
      { path: '/things/a?note=123456' },
      /^le paramètre « note » .*« 123456 ».* 5 car/,
    ],
    ['an unknown parameter', good, { path: '/things/a?x=1' }, /^le paramètre « x » n’est pas prévu : retirez-le/],
    ['an empty parameter', good, { path: '/things/a?note=' }, /^le paramètre « note » est vide/],
    ['a header that is too long', good, { 'idempotency-key': '123456' }, /^l’en-tête « idempotency-key » est trop/],
    ['an escape that is no UTF-8', good, { path: '/things/%ff' }, /échappement.*écrivez %XX/],
    ['a control character', good, { path: '/things/a%07' }, /le caractère 2 est U\+0007.*ôtez-le/],
    ['a correlation id with blanks', good, { 'x-correlation-id': 'a b' }, /n’admet que des lettres/],
    ['Latin-1', Buffer.from(good, 'latin1'), {}, /^à l’octet .* encodez le texte en UTF-8/],
    ['a name twice', '{"name":"a","name":"b"}', {}, /deux fois.*ne l’envoyez qu’une fois/],
    ['no JSON', '{"a" 1}', {}, /^ce n’est pas du JSON \(à partir du caractère 6\) : envoyez-en$/],
    ['half of a JSON', '{"a', {}, /^ce n’est pas du JSON \(le texte s’arrête trop tôt\) : envoyez-en$/],
    ['no gzip', good, { 'content-encoding': 'gzip' }, /^le corps n’est pas en gzip.*compressez-le de nouveau/],
    ['no brotli', good, { 'content-encoding': 'br' }, /^le corps n’est pas en br /],
    ['another encoding', good, { 'content-encoding': 'br2' }, /^le Content-Encoding est br2 : envoyez en gzip/],
    ['another address', good, { path: '/nothing' }, /^cette adresse n’existe pas/],
    ['another media type', good, { 'content-type': 'text/plain' }, /« text\/plain » n’est pas admis/],
  ])('%s', async (_what, text, headers, french) => {
    const { problem } = await post(text, headers);
    const said = (problem.errors?.[0]?.['detail'] ?? problem['detail']) as string;
    expect(said.replaceAll('\u00a0', ' ')).toMatch(french);
    const english = await post(text, { ...headers, 'accept-language': 'en' });
    expect(JSON.stringify(english.problem)).not.toMatch(/[éèàê]|’/);
    expect(Object.keys(english.problem)).toEqual(Object.keys(problem));
    expect(problem['title']).toBe(TITLES[english.problem['title'] as Title]);
  });
});

describe('what is not taken says what is', () => {
  test.each([
    ['another media type', { 'content-type': 'text/plain' }],
    ['no media type at all', { 'content-type': 'json' }],
  ])('%s', async (_what, headers) => {
    const { status, problem } = await post(good, headers);
    expect(status).toBe(415);
    expect(problem['detail']).toContain('application/json');
  });

  test('no Content-Type', async () => {
    const said = await raw(
      `POST /things/a HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KNOWN}\r\nAccept-Language: en\r\nContent-Length: ${Buffer.byteLength(good)}\r\nConnection: close\r\n\r\n${good}`,
    );
    expect(said).toContain('415 Unsupported');
    expect(said).toContain('there is no Content-Type; this takes application/json, application/cloudevents+json');
  });

  test('another character set', async () => {
    const { status, problem } = await post(good, { 'content-type': 'application/json; charset=iso-8859-1' });
    expect([status, problem['detail']]).toEqual([415, expect.stringContaining('UTF-8')]);
  });

  test.each([
    ['headers that are too large', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, /16384 bytes/],
    ['a query that is too long', `GET /?${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, /16384 bytes/],
    ['what is no HTTP', 'hello\r\n\r\n', 400, /no HTTP request/],
  ])('%s', async (_what, text, status, detail) => {
    const [head = '', body = ''] = (await raw(text)).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status, detail: expect.stringMatching(detail) });
  });

  test('a body that is too large', async () => {
    const { status, problem } = await post(JSON.stringify({ name: 'x'.repeat(2_000_000) }), {
      'accept-language': 'en',
    });
    expect([status, problem['detail']]).toEqual([413, expect.stringMatching(/2000011 bytes.*1048576 bytes/)]);
  });
});

test('asked in the process, one time after the other, it reads and refuses what it would by a socket', async () => {
  const ask = (body: object) => askInProcess(app, { path: '/things/a', headers: {}, body, internal });
  expect(await ask({ name: 'café' })).toEqual({ status: 200, body: { name: 'café' } });
  expect(await ask({ name: 'x'.repeat(20) })).toMatchObject({ status: 200 });
  expect(await Promise.all([ask({}), ask({ name: 'b' })])).toMatchObject([
    { status: 400, body: { errors: [{ pointer: '/name' }] } },
    { status: 200, body: { name: 'b' } },
  ]);
});

test('without a token it is challenged, with one that is none it is told why', async () => {
  const challenge = async (headers: Record<string, string>) => {
    const response = await fetch(`${url}/things/a`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: good,
    });
    return [response.status, response.headers.get('www-authenticate')];
  };
  expect(await challenge({})).toEqual([401, 'Bearer realm="gpect"']);
  expect(await challenge({ authorization: 'Bearer x' })).toEqual([
    401,
    expect.stringMatching(/^Bearer realm="gpect", error="invalid_token", error_description="[^"]+"$/),
  ]);
});

function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(text));
    let said = '';
    socket.on('data', (chunk) => {
      said += String(chunk);
    });
    socket.on('close', () => resolve(said));
  });
}

test.each([
  ['Authorization', 'Bearer one', 'Bearer two'],
  ['Authorization', 'Bearer one', 'Bearer one'],
  ['Content-Type', 'application/json', 'application/cloudevents+json'],
  ['Host', 'a.example', 'b.example'],
  ['Idempotency-Key', 'a', 'b'],
  ['X-Correlation-Id', 'a', 'b'],
])('two headers %s (%s, %s): 400 names it, and neither of them counts', async (name, first, second) => {
  const headers = [name, first, name.toLowerCase(), second, 'Connection', 'close', 'Accept-Language', 'en'];
  if (name !== 'Host') headers.push('Host', 'a.example');
  const { status, said } = await new Promise<{ status: number; said: string }>((resolve, reject) => {
    const asked = ask(`${url}/things/a`, { method: 'POST', headers, setHost: false }, (response) => {
      let said = '';
      response.on('data', (part) => {
        said += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, said }));
    });
    asked.on('error', reject).end();
  });
  expect(status).toBe(400);
  expect((JSON.parse(said) as { errors: object[] }).errors).toEqual([
    { in: 'header', parameter: name.toLowerCase(), detail: expect.stringContaining('send it once') },
  ]);
});
