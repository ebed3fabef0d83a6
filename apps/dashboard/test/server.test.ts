import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVICE_NAMES } from '@gpect/contracts/api-documents';
import { PERSONS } from '@gpect/dev-issuer/persons';
import { type Child, startChild } from '@gpect/local-servers/child';
import { freePorts } from '@gpect/local-servers/ports';
import { startDatabase } from '@gpect/test-kit/servers';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import mongoose from 'mongoose';
import { Visitor } from './visitor.js';

/** The process itself, with a real provider and a real mongod; the service behind it only says what it was asked. */
const dir = mkdtempSync(join(tmpdir(), 'gpect-pages-'));
let databases: Awaited<ReturnType<typeof startDatabase>>;
let issuer: Child;
let pages: Child;
let service: Server;
let url = '';
let issuerUrl = '';
let mongoUrl = '';
let client: mongoose.mongo.MongoClient;

interface Asked {
  readonly method?: string;
  readonly url?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let asked: Asked[] = [];
let answers: { status: number; headers: Record<string, string>; body: string };

const ok = (address: string) =>
  fetch(address).then(
    (answer) => answer.ok,
    () => false,
  );
const folder = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

beforeAll(async () => {
  const [pagesPort = 0, issuerPort = 0] = await freePorts(2);
  [url, issuerUrl] = [`http://127.0.0.1:${pagesPort}`, `http://127.0.0.1:${issuerPort}`];
  databases = await startDatabase();
  mongoUrl = databases.freshDatabase();
  client = new mongoose.mongo.MongoClient(mongoUrl);
  service = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url: path, headers } = request;
    asked.push({
      ...(method ? { method } : {}),
      ...(path ? { url: path } : {}),
      headers,
      body: Buffer.concat(chunks).toString(),
    });
    response.writeHead(answers.status, answers.headers).end(answers.body);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  issuer = startChild('issuer', process.execPath, ['dist/main.js'], {
    cwd: folder('infra/dev-issuer'),
    logFile: join(dir, 'issuer.log'),
    env: {
      ...process.env,
      PORT: String(issuerPort),
      ISSUER: `${issuerUrl}/`,
      KEY_FILE: join(dir, 'key.json'),
      DEVELOPMENT: 'true',
      PAGES_URL: url,
      // A second longer than what the pages take for too short: they renew after it.
      ACCESS_SECONDS: '21',
    },
  });
  pages = startChild('pages', process.execPath, ['dist/main.js'], {
    cwd: folder('apps/dashboard'),
    logFile: join(dir, 'pages.log'),
    env: {
      ...process.env,
      PORT: String(pagesPort),
      PUBLIC_URL: url,
      MONGO_URL: mongoUrl,
      SESSION_SECRET: 'of-a-test-and-of-nothing-else-at-all',
      OIDC_ISSUER: `${issuerUrl}/`,
      OIDC_CLIENT_SECRET: 'development',
      DEVELOPMENT: 'true',
      ...Object.fromEntries(
        SERVICE_NAMES.map((name) => [
          `${name.toUpperCase().replaceAll('-', '_')}_URL`,
          name === 'workshops' ? 'http://127.0.0.1:9' : serviceUrl,
        ]),
      ),
    },
  });
  await until(async () => (await ok(`${issuerUrl}/health/live`)) && (await ok(`${url}/health/ready`)), Boolean);
}, 120_000);

afterAll(async () => {
  await Promise.all([pages?.stop(), issuer?.stop(), client?.close()]);
  service?.close();
  await databases?.stop();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

beforeEach(() => {
  asked = [];
  answers = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"indicators":[]}' };
});

async function signedIn(person: string): Promise<{ visitor: Visitor; csrf: string }> {
  const visitor = new Visitor(url);
  await visitor.signIn(person);
  return { visitor, csrf: (await visitor.session()).csrf ?? '' };
}

const problemOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { type?: string }).type?.split(':').at(-1),
];

describe('signing in', () => {
  test('leads to the page that was asked for, as the person of the chosen role', async () => {
    const visitor = new Visitor(url);
    const answer = await visitor.signIn('anne.lefebvre', '/dispositif?programme=npdc-2007-2013');
    expect(answer.url).toBe(`${url}/dispositif?programme=npdc-2007-2013`);
    expect(await visitor.session()).toMatchObject({
      person: { name: 'Anne Lefebvre', roles: ['carrier'], codes: { carrier: ['cci-artois'] }, programmes: ['*'] },
    });
  });

  test.each(PERSONS.map(({ id, name, roles }) => [id, name, roles] as const))(
    'is possible for everybody of the sample: %s',
    async (id, name, roles) => {
      const { visitor } = await signedIn(id);
      expect((await visitor.session()).person).toMatchObject({ name, roles });
    },
  );

  test('no token is in the browser: neither in its cookies nor in what it is answered', async () => {
    const { visitor } = await signedIn('claire.fontaine');
    const said = JSON.stringify([await visitor.session(), visitor.cookie('gpect-session')]);
    expect(said).not.toMatch(/eyJ|refresh|access/);
  });

  test('the cookie is for no script, and not sent from other sites', async () => {
    const answer = await new Visitor(url).ask('/sign-in');
    const [line = ''] = answer.headers.getSetCookie();
    expect(line).toMatch(/^gpect-session=/);
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(line).toContain(attribute);
  });

  test('what is kept of a session cannot be read, nor be used by its id', async () => {
    const { visitor } = await signedIn('claire.fontaine');
    const kept = await client.db().collection('sessions').find().toArray();
    expect(JSON.stringify(kept)).not.toMatch(/Fontaine|eyJ|claire/);
    const id =
      decodeURIComponent(visitor.cookie('gpect-session') ?? '')
        .slice(2)
        .split('.')[0] ?? '';
    expect(id.length).toBeGreaterThan(20);
    expect(JSON.stringify(kept)).not.toContain(id);
  });

  test('the session of before is none afterwards: who knew it is not signed in', async () => {
    const visitor = new Visitor(url);
    await visitor.ask('/sign-in');
    const before = visitor.cookie('gpect-session') ?? '';
    await visitor.signIn('claire.fontaine');
    expect(visitor.cookie('gpect-session')).not.toBe(before);
    expect((await new Visitor(url).withCookie('gpect-session', before).session()).person).toBeNull();
  });

  test.each(['state=x&code=y', 'error=access_denied', 'code=y'])(
    'an answer that was not asked for signs nobody in: %s',
    async (query) => {
      const visitor = new Visitor(url);
      await visitor.ask('/sign-in');
      const answer = await visitor.ask(`/sign-in/callback?${query}`);
      expect(answer.headers.get('location')).toBe('/?sign-in=failed');
      expect((await visitor.session()).person).toBeNull();
      expect((await new Visitor(url).ask('/sign-in/callback?code=x')).headers.get('location')).toBe('/?sign-in=again');
    },
  );

  test('signing out ends the session here and at the provider', async () => {
    const { visitor, csrf } = await signedIn('claire.fontaine');
    const answer = await visitor.ask('/sign-out', { method: 'POST', headers: { 'x-csrf-token': csrf } });
    const { to } = (await answer.json()) as { to: string };
    expect(to).toContain(`${issuerUrl}/sign-out?`);
    expect((await visitor.session()).person).toBeNull();
    expect(await problemOf(await visitor.ask('/api/reporting/indicators'))).toEqual([401, 'session-ended']);
  });
});

describe('what is forwarded', () => {
  test("the person's own token, which the services take, and no other header than the contract knows", async () => {
    const { visitor, csrf } = await signedIn('sophie.moreau');
    const body = JSON.stringify({ programme: 'x' });
    const sent = {
      'content-type': 'application/json',
      'idempotency-key': 'k',
      authorization: 'Bearer x',
      'x-forwarded-host': 'x',
    };
    await visitor.ask('/api/enrolment/firms?a=%20b', {
      method: 'POST',
      headers: { ...sent, 'x-csrf-token': csrf },
      body,
    });
    expect(asked).toMatchObject([
      {
        method: 'POST',
        url: '/firms?a=%20b',
        body,
        headers: { 'idempotency-key': 'k', 'content-type': 'application/json' },
      },
    ]);
    const { headers = {} } = asked[0] ?? {};
    for (const name of ['cookie', 'x-forwarded-host', 'x-csrf-token', 'sec-fetch-site', 'origin'])
      expect(headers[name]).toBeUndefined();
    const { payload } = await jwtVerify(
      String(headers.authorization).replace('Bearer ', ''),
      createRemoteJWKSet(new URL(`${issuerUrl}/.well-known/jwks.json`)),
      { issuer: `${issuerUrl}/`, audience: 'gpect', requiredClaims: ['sub', 'exp', 'iat'] },
    );
    expect(payload).toMatchObject({
      sub: 'sophie.moreau',
      roles: ['funder'],
      funder: 'opca-a',
      programmes: ['*'],
      development: true,
    });
  });

  test('an answer as it is, its status, type and name, and nothing that would set a cookie or be kept', async () => {
    const { visitor } = await signedIn('claire.fontaine');
    answers = {
      status: 422,
      headers: {
        'content-type': 'application/problem+json',
        'set-cookie': 'a=b',
        'content-disposition': 'attachment; filename="a.csv"',
        server: 'x',
        location: '/imports/1',
      },
      body: '{"type":"urn:gpect:problem:x"}',
    };
    const answer = await visitor.ask('/api/reporting/indicators');
    expect([answer.status, await answer.text()]).toEqual([422, answers.body]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/problem+json',
      'content-disposition': 'attachment; filename="a.csv"',
      'cache-control': 'no-store',
      location: '/api/reporting/imports/1',
    });
    expect(answer.headers.get('server')).toBeNull();
    expect(answer.headers.getSetCookie().join()).not.toContain('a=b');
  });

  test('nothing that is in no contract, and nothing without a session', async () => {
    const { visitor } = await signedIn('claire.fontaine');
    for (const path of ['/metrics', '/bilan/figures/%2e%2e', '/openapi.json'])
      expect((await visitor.ask(`/api/reporting${path}`)).status).toBe(404);
    expect(await problemOf(await new Visitor(url).ask('/api/reporting/indicators'))).toEqual([401, 'session-ended']);
    expect(asked).toEqual([]);
  });

  test('a service that is away is said, 503', async () => {
    const { visitor } = await signedIn('claire.fontaine');
    expect(await problemOf(await visitor.ask('/api/workshops/workshops/npdc-2007-2013/x'))).toEqual([
      503,
      'service-away',
    ]);
  });

  test('a token that ends is renewed, once for all that wait for it', async () => {
    const { visitor } = await signedIn('claire.fontaine');
    await visitor.ask('/api/reporting/indicators');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await Promise.all([1, 2, 3, 4].map(() => visitor.ask('/api/reporting/indicators')));
    const [first, ...later] = asked.map(({ headers }) => headers.authorization);
    expect(new Set(later).size).toBe(1);
    expect(later).not.toContain(first);
  });

  test('a session that the database forgot answers 401, to several requests at once', async () => {
    const { visitor } = await signedIn('claire.fontaine');
    await client.db().collection('sessions').deleteMany({});
    const all = await Promise.all([1, 2, 3].map(() => visitor.ask('/api/reporting/indicators')));
    for (const answer of all) expect(await problemOf(answer)).toEqual([401, 'session-ended']);
  });
});

describe('what another site makes a browser send', () => {
  const writes = (visitor: Visitor, headers: Record<string, string>) =>
    visitor.ask('/api/enrolment/firms', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });

  test('is refused, and so is what lacks the token of the session', async () => {
    const { visitor, csrf } = await signedIn('claire.fontaine');
    const other = await signedIn('claire.fontaine');
    for (const headers of [
      {},
      { 'x-csrf-token': 'x' },
      { 'x-csrf-token': other.csrf },
      { 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' },
      { 'x-csrf-token': csrf, 'sec-fetch-site': 'same-site' },
      { 'x-csrf-token': csrf, 'sec-fetch-site': 'none' },
      { 'x-csrf-token': csrf, origin: 'https://elsewhere.example' },
    ])
      expect(await problemOf(await writes(visitor, headers as Record<string, string>))).toEqual([403, 'not-our-page']);
    expect(asked).toEqual([]);
    expect((await writes(visitor, { 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await writes(visitor, { 'x-csrf-token': csrf, origin: url })).status).toBe(200);
  });

  test('nor does it read', async () => {
    const { visitor } = await signedIn('claire.fontaine');
    const answer = await visitor.ask('/api/reporting/indicators', { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(await problemOf(answer)).toEqual([403, 'not-our-page']);
  });
});

test('every page is the same document, asked for anew; what it loads is kept for ever; what there is not is 404', async () => {
  const html = { accept: 'text/html' };
  const page = await fetch(`${url}/dispositif?dispositif=x`, { headers: html });
  const text = await page.text();
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  expect(text).not.toMatch(/<style|<script(?![^>]* src=)| style=| on[a-z]+=/);
  const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(text) ?? [];
  const loaded = await fetch(url + script);
  expect((await loaded.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
  expect([loaded.status, loaded.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  for (const path of ['/assets/none.js', '/none.js', '/api/none'])
    expect((await fetch(url + path, { headers: html })).status).toBe(404);
});

test('nothing inline runs, nothing comes from elsewhere, nobody frames the pages', async () => {
  const policy = (await fetch(`${url}/session`)).headers.get('content-security-policy') ?? '';
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('operations see how it is: health, metrics, JSON logs without a token; it ends when it is told to', async () => {
  expect(await (await fetch(`${url}/health/ready`)).json()).toMatchObject({
    status: 'ok',
    parts: { provider: { state: 'ok' }, sessions: { state: 'ok' } },
  });
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(
    /gpect_http_request_seconds_count\{.*route="\/api\/reporting"/,
  );
  await pages.stop();
  expect(await pages.ended).toBe(0);
  const lines = readFileSync(pages.logFile, 'utf8').trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { service: string }).service)).toEqual(lines.map(() => 'dashboard'));
  expect(lines.join()).not.toMatch(/eyJ/);
});
