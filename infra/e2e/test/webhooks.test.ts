import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePorts } from '@gpect/local-servers/ports';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { SIRETS } from './firms.js';
import { firmOfArras } from './harness.js';
import { webhookServer } from './partners/clients.js';
import { eventOf, openFieldOfPartners, type PartnersField, poll, sendOverHttp } from './partners/field-of-partners.js';

/** Webhooks as a partner lives them: signed, in order, again until they are taken, from any position, by two secrets. */
let field: PartnersField;
const programme = 'partenaires-webhooks';
const FIRMS = [...new Set(SIRETS)];
let sent = 0;

beforeAll(async () => {
  field = await openFieldOfPartners(programme);
});
afterAll(() => field.stop());

async function ask(
  method: string,
  path = '',
  body?: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${field.stack.urls['partner-gateway']}/partners/cci-artois/webhook${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await field.tokenOfPartner('cci-artois')}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
}

async function detect(): Promise<string> {
  const siret = FIRMS[sent++] ?? '';
  const event = eventOf('cci-artois', 'firm-detection-sent', `${programme}/${siret}`, firmOfArras(programme, siret));
  expect((await sendOverHttp(field, 'cci-artois', event)).status).toBe(202);
  return event.id;
}

/** No answer at all. */
const SILENT = 0;
/** The connection is cut. */
const CUT = -1;

/** A partner's web server that does as it is told, and keeps what it gets. */
async function partnerServer(
  answer: (n: number, body: string) => number,
  headers: Record<string, string> = {},
): Promise<{ url: string; got: { id: string; body: string; headers: Record<string, string> }[]; server: Server }> {
  const got: { id: string; body: string; headers: Record<string, string> }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const sent = request.headers as Record<string, string>;
      got.push({ id: (JSON.parse(body) as { id: string }).id, body, headers: sent });
      const status = answer(got.length, body);
      if (status === CUT) request.socket.resetAndDestroy();
      else if (status !== SILENT) response.writeHead(status, status < 300 ? {} : headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, got, server };
}

test('a server in Python, by standardwebhooks, gets each event of the topic in its order, and takes what is signed', async () => {
  const [port = 0] = await freePorts(1);
  const { body } = await ask('PUT', '', { url: `http://127.0.0.1:${port}/`, from: 0 });
  const { child, received } = webhookServer(port, String(body['secret']));
  try {
    await detect();
    const topic = await until(
      () => poll(field, 'cci-artois'),
      ({ events }) =>
        events.some(({ event }) => event.type === 'fr.gpect.enrolment.firm-detected.v1') && events.length >= 4,
    );
    await until(
      async () => received.length,
      (n) => n >= topic.events.length,
    );
    const ids = received.map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids.slice(0, topic.events.length)).toEqual(topic.events.map(({ event }) => event.id));
    expect((await ask('GET')).body).toMatchObject({ status: 'ACTIVE', secretsValid: 1 });
  } finally {
    child.kill();
  }
});

test('what is not taken is sent again with growing waits, and nothing overtakes it', async () => {
  const { url, got, server } = await partnerServer((n) => (n <= 2 ? 503 : 204));
  await ask('PUT', '', { url, from: (await poll(field, 'cci-artois')).next });
  const first = await detect();
  await detect();
  await until(
    async () => got.length,
    (n) => n >= 6,
  );
  const ids = got.map((g) => g.id);
  expect(new Set(ids.slice(0, 3)).size).toBe(1);
  expect(new Set(ids.slice(2)).size).toBe(ids.length - 2);
  expect(got.map((g) => g.body).join('\n')).toContain(first);
  server.close();
});

test('a new secret is shown once; for a day each delivery is signed by both', async () => {
  const { url, got, server } = await partnerServer(() => 204);
  const before = await ask('PUT', '', { url, from: (await poll(field, 'cci-artois')).next });
  const after = await ask('POST', '/secrets');
  expect(after.body['secret']).not.toBe(before.body['secret']);
  expect((await ask('GET')).body).toMatchObject({ secretsValid: 2 });
  expect(JSON.stringify((await ask('GET')).body)).not.toContain('whsec_');
  await detect();
  await until(
    async () => got.length,
    (n) => n > 0,
  );
  for (const secret of [before.body['secret'], after.body['secret']])
    expect(new Webhook(String(secret)).verify(got[0]?.body ?? '', got[0]?.headers ?? {})).toMatchObject({
      specversion: '1.0',
    });
  expect(() =>
    new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(got[0]?.body ?? '', got[0]?.headers ?? {}),
  ).toThrow();
  server.close();
});

/** What is on the topic once nothing more comes of what was sent before. */
async function quiet() {
  for (let before = await poll(field, 'cci-artois'); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const now = await poll(field, 'cci-artois');
    if (now.next === before.next) return now;
    before = now;
  }
}

test('deliveries go on from any position', async () => {
  const { url, got, server } = await partnerServer(() => 204);
  const { events, next } = await quiet();
  await ask('PUT', '', { url, from: next });
  expect((await ask('POST', '/replay', { from: 1 })).body).toMatchObject({ next: 1, status: 'ACTIVE' });
  await until(
    async () => got.length,
    (n) => n >= events.length - 1,
  );
  expect(got.slice(0, events.length - 1).map((g) => g.id)).toEqual(events.slice(1).map(({ event }) => event.id));
  server.close();
});

test('a position where nothing is yet is refused: what comes until then would be passed over', async () => {
  const { next } = await quiet();
  for (const [method, path, body] of [
    ['POST', '/replay', { from: next + 1 }],
    ['PUT', '', { url: 'http://127.0.0.1:9/', from: next + 1 }],
  ] as const)
    expect(await ask(method, path, body)).toMatchObject({
      status: 422,
      body: { type: 'urn:gpect:problem:position-beyond-head', errors: [{ pointer: '/from' }] },
    });
  expect((await ask('POST', '/replay', { from: next })).status).toBe(200);
});

test.each([
  'https://169.254.169.254/latest',
  'https://10.1.2.3/',
  'http://0x0a010203/',
  'https://nobody.invalid/',
  'http://nobody.invalid/',
])('a webhook at %s is refused, in words that tell nothing of what is there', async (url) => {
  const { status, body } = await ask('PUT', '', { url });
  expect([status, body['type']]).toEqual([422, 'urn:gpect:problem:webhook-address-refused']);
  expect(JSON.stringify(body)).not.toMatch(/ENOTFOUND|ECONNREFUSED|EAI_AGAIN|timeout/i);
});

test('an event that is refused each time holds its own firm; the others get theirs, until it is taken, in its order', async () => {
  const { next } = await quiet();
  let taken = false;
  let bad = '';
  const { url, got, server } = await partnerServer((_n, body) => {
    const { subject } = JSON.parse(body) as { subject: string };
    bad ||= subject;
    return subject === bad && !taken ? 422 : 204;
  });
  await ask('PUT', '', { url, from: next });
  await detect();
  await detect();
  const all = (await quiet()).events.filter(({ position }) => position >= next);
  const others = all.filter(({ event }) => event.subject !== bad).map(({ event }) => event.id);
  await until(
    async () => got.map((g) => g.id),
    (ids) => others.every((id) => ids.includes(id)),
  );
  const standing = (await ask('GET')).body;
  expect(standing).toMatchObject({
    status: 'ACTIVE',
    held: [{ subject: bad, lastFailure: 'answered 422' }],
    oldestWaiting: { seconds: expect.any(Number) },
  });
  const metrics = await (await fetch(`${field.stack.urls['partner-gateway']}/metrics`)).text();
  expect(metrics).toMatch(/gpect_webhook_oldest_waiting_seconds\S* \d/);
  taken = true;
  await until(
    async () => (await ask('GET')).body,
    ({ held, oldestWaiting }) => held === undefined && oldestWaiting === undefined,
    60_000,
  );
  const ofBad = all.filter(({ event }) => event.subject === bad).map(({ event }) => event.id);
  expect([...new Set(got.map((g) => g.id).filter((id) => ofBad.includes(id)))]).toEqual(ofBad);
  server.close();
});

test('five subjects in a row that are refused hold themselves alone; a connection that is cut and 502 make all wait, and count against nobody', async () => {
  const { next } = await quiet();
  const bad = new Set<string>();
  const trouble = [CUT, 502];
  const { url, got, server } = await partnerServer((_n, body) => {
    const { subject } = JSON.parse(body) as { subject: string };
    if (bad.size < 5) bad.add(subject);
    return bad.has(subject) ? 422 : (trouble.shift() ?? 204);
  });
  await ask('PUT', '', { url, from: next });
  for (let i = 0; i < 5; i++) await detect();
  const others = (await quiet()).events.filter(({ position, event }) => position >= next && !bad.has(event.subject));
  await until(
    async () => got.map((g) => g.id),
    (ids) => others.every(({ event }) => ids.includes(event.id)),
  );
  const { body } = await ask('GET');
  expect(body).toMatchObject({ status: 'ACTIVE' });
  expect((body['held'] as { subject: string }[]).map(({ subject }) => subject)).toEqual([...bad]);
  expect(body).not.toHaveProperty('failingSince');
  expect(trouble).toEqual([]);
  // The one that met the trouble came again before any other that was not refused.
  const met = got.map((g) => g.id).filter((id) => others.some(({ event }) => event.id === id));
  expect(new Set(met.slice(0, 3)).size).toBe(1);
  server.close();
});

test('a secret that is changed while the webhook is declared again stays the one that was told', async () => {
  const { url, server } = await partnerServer(() => 204);
  await ask('PUT', '', { url });
  for (let round = 0; round < 5; round++) {
    const [changed] = await Promise.all([ask('POST', '/secrets'), ask('PUT', '', { url }), ask('PUT', '', { url })]);
    expect((await ask('PUT', '', { url })).body['secret']).toBe(changed.body['secret']);
  }
  server.close();
});

test('429 with Retry-After is obeyed, and 410 disables at once', async () => {
  const { next } = await quiet();
  const { url, got, server } = await partnerServer((n) => (n === 1 ? 429 : 410), { 'retry-after': '5' });
  await ask('PUT', '', { url, from: next });
  await detect();
  await until(
    async () => got.length,
    (n) => n === 1,
  );
  const waits = await until(
    async () => (await ask('GET')).body,
    ({ lastFailure }) => lastFailure === 'answered 429',
  );
  expect(Date.parse(String(waits['nextAttemptAt']))).toBeGreaterThan(Date.parse(String(waits['failingSince'])) + 4999);
  const disabled = await until(
    async () => (await ask('GET')).body,
    ({ status }) => status === 'DISABLED',
  );
  expect(disabled).toMatchObject({ lastFailure: 'answered 410', attempts: 2 });
  expect(got).toHaveLength(2);
  server.close();
});

test('frozen in the middle of a delivery a gateway loses nothing: another goes on in order, and what it had in hand is not repeated behind it', async () => {
  await field.stack.stopPart('partner-gateway');
  field.stack.giveEnv('partner-gateway', { WEBHOOK_ANSWER_WITHIN: '2' });
  await field.stack.startPart('partner-gateway');
  let frozen: (() => void) | undefined;
  const { url, got, server } = await partnerServer((n) => {
    if (n !== 2) return 204;
    frozen?.();
    return SILENT;
  });
  // The only one that there is has the deliveries; the other one waits for its turn.
  const { next } = await quiet();
  await ask('PUT', '', { url, from: next - 1 });
  await until(
    async () => got.length,
    (n) => n === 1,
  );
  const [port = 0] = await freePorts(1);
  const { child } = await field.stack.replica('partner-gateway', port);
  const pid = field.stack.pids()['partner-gateway'] ?? 0;
  frozen = () => process.kill(pid, 'SIGSTOP');
  try {
    const from = next - 8;
    // Asked before it is replayed: once it freezes it answers nobody.
    const due = (await poll(field, 'cci-artois', from)).events.map(({ event }) => event.id);
    expect((await ask('POST', '/replay', { from })).status).toBe(200);
    await until(
      async () => got.length,
      (n) => n >= 2 + due.length,
      60_000,
    );
    process.kill(pid, 'SIGCONT');
    // What comes now comes once, by whichever of them.
    await detect();
    const fresh = await until(
      async () => (await poll(field, 'cci-artois', next)).events.map(({ event }) => event.id),
      (ids) => ids.length > 0 && got.length >= 2 + due.length + ids.length,
      90_000,
    );
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const ids = got.map((g) => g.id).slice(1);
    // The one that was under way came twice, one after the other, under one id; no other did.
    expect(ids.slice(0, 1 + due.length)).toEqual([due[0], ...due]);
    expect(new Set(ids.slice(1)).size).toBe(ids.length - 1);
    expect(ids).toEqual(expect.arrayContaining(fresh));
  } finally {
    process.kill(pid, 'SIGCONT');
    await child.stop();
    server.close();
  }
});

describe('a webhook that stays away', () => {
  test('is told of on the partner’s own topic, disabled, and loses nothing', async () => {
    await field.stack.stopPart('partner-gateway');
    field.stack.giveEnv('partner-gateway', { WEBHOOK_NOTICE_AFTER: '0.0003', WEBHOOK_DISABLE_AFTER: '0.001' });
    await field.stack.startPart('partner-gateway');
    const { next } = await quiet();
    await ask('PUT', '', { url: 'http://127.0.0.1:9/', from: next });
    await detect();
    const told = await until(
      async () =>
        (await poll(field, 'cci-artois', next)).events.filter(
          ({ event }) => event.type === 'fr.gpect.partner.webhook-failing.v1',
        ),
      (events) => events.length >= 2,
      60_000,
    );
    expect(told.map(({ event }) => event.data['status'])).toEqual(['FAILING', 'DISABLED']);
    expect((await ask('GET')).body).toMatchObject({
      status: 'DISABLED',
      next,
      attempts: expect.any(Number),
      lastFailure: 'could not be reached',
    });
    const { url, got, server } = await partnerServer(() => 204);
    await ask('PUT', '', { url });
    const all = (await poll(field, 'cci-artois', next)).events.map(({ event }) => event.id);
    await until(
      async () => got.length,
      (n) => n >= all.length,
    );
    expect(got.map((g) => g.id).slice(0, all.length)).toEqual(all);
    server.close();
  });

  test('is forgotten when the partner says so', async () => {
    expect((await ask('DELETE')).status).toBe(204);
    expect((await ask('GET')).status).toBe(404);
  });
});
