import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { Metrics } from '../observability/metrics.js';
import { Health } from './health.js';

/** A server that is away: whoever asks it waits. */
const never = () => new Promise<never>(() => undefined);
const metrics = new Metrics('test');
const health = new Health('test', metrics.health);
let server: Server;
let url = '';
let reading: 'ok' | 'degraded' = 'ok';

beforeAll(async () => {
  health.report('events', () => ({ state: reading, detail: reading === 'ok' ? 'reading' : 'partition 3 is stopped' }));
  metrics.observe('known', 'A gauge that is known', async () => 7);
  metrics.observe('away', 'A gauge of a server that is away', never);
  metrics.observe('failing', 'A gauge of a server that refuses', () => Promise.reject(new Error('no')));
  const app = express().use(health.routes());
  app.get('/metrics', async (_request, response) => {
    response.send(await metrics.text());
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  health.stop();
  metrics.stop();
  server.close();
  server.closeAllConnections();
});

const look = async (path: string) => {
  const response = await fetch(url + path);
  return { status: response.status, body: (await response.json()) as { status: string; parts: object } };
};

test('metrics are told though a server is away: what is known, NaN for what is not, and how old it is', async () => {
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toMatch(/^known\{.*\} 7$/m);
  expect(text).toMatch(/^away\{.*\} Nan$/im);
  expect(text).toMatch(/^failing\{.*\} Nan$/im);
  expect(text).toMatch(/^gpect_gauges_age_seconds\{.*\} [\d.]+$/m);
  expect(text).toMatch(/^gpect_health\{.*part="events".*state="ok".*\} 1$/m);
});

test('a part that somebody has to look at is told with what it does; the service is ready all the same', async () => {
  reading = 'degraded';
  expect(await look('/health/ready')).toEqual({
    status: 200,
    body: { status: 'degraded', parts: { events: { state: 'degraded', detail: 'partition 3 is stopped' } } },
  });
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^gpect_health\{.*state="degraded".*\} 1$/m);
});

test('a database that does not answer: not ready, and live says nothing of it', async () => {
  health.measure('database', never, (answer) => ({ state: answer ? 'ok' : 'failed', detail: 'does not answer' }));
  const ready = await look('/health/ready');
  expect(ready).toMatchObject({ status: 503, body: { status: 'failed', parts: { database: { state: 'failed' } } } });
  expect(await look('/health/live')).toEqual({ status: 200, body: { status: 'ok', service: 'test' } });
});
