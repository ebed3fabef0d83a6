import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import { Problem } from './problem.js';
import { limitCallers, limitRefused } from './rate-limit.js';

let server: Server;
let url = '';

/** One a second, so ten in the window. */
beforeAll(async () => {
  const app = express();
  app.set('trust proxy', 1);
  app.use((request, _response, next) => {
    const who = request.get('x-who');
    if (who) request.caller = { subject: who, roles: [], codes: {}, programmes: [] };
    next(who ? undefined : new Problem(401, 'unauthorized', 'No valid token'));
  });
  app.use('/refused-early', () => {
    throw new Problem(400, 'malformed', 'Malformed request');
  });
  app.use(...limitCallers(1));
  app.use('/refused-late', () => {
    throw new Problem(422, 'rule', "Against the programme's rules");
  });
  app.use((_request, response) => {
    response.send('taken');
  });
  app.use(limitRefused(1));
  const write: ErrorRequestHandler = (error: Problem, _request, response, _next) => {
    response.status(error.status).json(error.body());
  };
  app.use(write);
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function ask(times: number, headers: Record<string, string>, path = '/'): Promise<Response> {
  let last: Response | undefined;
  for (let i = 0; i < times; i++) last = await fetch(url + path, { headers });
  return last as Response;
}

test('a caller beyond its rate gets 429 that states the limit, another caller at the same address does not', async () => {
  const anne = { 'x-who': 'anne', 'x-forwarded-for': '192.0.2.1' };
  expect((await ask(10, anne)).status).toBe(200);
  const refused = await ask(1, anne);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('ratelimit-policy')).toContain('q=10; w=10');
  expect(refused.headers.get('ratelimit')).toContain('r=0');
  expect(await refused.json()).toMatchObject({
    type: 'urn:gpect:problem:too-many-requests',
    detail: expect.stringContaining('10 requests are taken in 10 s'),
  });
  expect((await ask(1, { ...anne, 'x-who': 'bob' })).status).toBe(200);
});

test('who has no token is counted by address, and those who have one at that address go on', async () => {
  const stranger = { 'x-forwarded-for': '192.0.2.9' };
  expect((await ask(10, stranger)).status).toBe(401);
  expect((await ask(1, stranger)).status).toBe(429);
  expect((await ask(1, { ...stranger, 'x-who': 'claire' })).status).toBe(200);
  expect((await ask(1, { 'x-forwarded-for': '192.0.2.10' })).status).toBe(401);
  // Addresses of one IPv6 network (/56) are one sender.
  await ask(10, { 'x-forwarded-for': '2001:db8::1' });
  expect((await ask(1, { 'x-forwarded-for': '2001:db8::2' })).status).toBe(429);
});

test('a caller is counted once for each request, whatever is answered and wherever it is refused', async () => {
  const dora = { 'x-who': 'dora', 'x-forwarded-for': '192.0.2.1' };
  expect((await ask(4, dora, '/refused-early')).status).toBe(400);
  expect((await ask(4, dora, '/refused-late')).status).toBe(422);
  expect((await ask(2, dora)).status).toBe(200);
  for (const path of ['/refused-early', '/refused-late', '/']) expect((await ask(1, dora, path)).status).toBe(429);
});
