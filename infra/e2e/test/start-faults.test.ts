import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Brokers } from '@gpect/kafka-admin/partners/brokers';
import { applyTopics } from '@gpect/kafka-admin/topics';
import { anyFreePorts } from '@gpect/local/ports';
import { ROOT } from '@gpect/local/root';
import { Stack, TOOLS } from '@gpect/local/stack';
import { developmentCertificate } from '@gpect/local-servers/certificate';
import { type Child, startChild } from '@gpect/local-servers/child';
import { type KafkaServer, startKafka } from '@gpect/local-servers/kafka';
import { type Mongod, startMongod } from '@gpect/local-servers/mongod';
import { freePorts } from '@gpect/local-servers/ports';
import { findMongod } from '@gpect/local-servers/tools';
import { until } from '@gpect/test-kit/until';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';

/**
 * What a service says where it cannot start, with a real mongod that asks for users and takes TLS, and a real Kafka: code 78
 * where waiting does not help, else the reason in `ready`, until it is mended.
 */
const { MongoClient } = mongoose.mongo;
const dir = mkdtempSync(join(tmpdir(), 'gpect-start-'));
/** This machine, by a name that is in no certificate. */
const OTHER_NAME = '2130706433';
let mongod: Mongod;
let mongoPort = 0;
let plainMongod: Child;
let plainPort = 0;
let nobodysPort = 0;
let kafka: KafkaServer;
let partnersPort = 0;
let issuer: Server;
let issuerUrl = '';
let admin: mongoose.mongo.MongoClient;
const running: { stop(): Promise<unknown> }[] = [];

const fileOf = (name: string, content: string) => {
  const path = join(dir, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
};
const urlOf = (user: string, database: string, { host = '127.0.0.1', options = '' } = {}) =>
  `mongodb://${user ? `${user}@` : ''}${host}:${mongoPort}/${database}?directConnection=true&authSource=admin${options}`;

beforeAll(async () => {
  const [controllerPort = 0, kafkaPort = 0, ...ports] = await freePorts(6);
  [mongoPort = 0, plainPort = 0, partnersPort = 0, nobodysPort = 0] = ports;
  const { keyStore } = await developmentCertificate(join(dir, 'mongod-tls'));
  const options = ['--keyFile', fileOf('members', 'membersofoneset'), '--tlsMode', 'allowTLS'];
  [mongod, kafka] = await Promise.all([
    startMongod({
      dir,
      port: mongoPort,
      toolsDir: TOOLS,
      options: [...options, '--tlsCertificateKeyFile', keyStore, '--tlsAllowConnectionsWithoutCertificates'],
    }),
    startKafka({ dir, port: kafkaPort, controllerPort, partnersPort, toolsDir: TOOLS }),
  ]);
  plainMongod = startChild(
    'mongod',
    await findMongod(TOOLS),
    ['--port', String(plainPort), '--bind_ip', '127.0.0.1', '--dbpath', mkdtempSync(join(dir, 'plain-'))],
    { logFile: join(dir, 'plain.log') },
  );
  // The first user may be made from this machine without one.
  const first = await MongoClient.connect(urlOf('', 'admin').replace('&authSource=admin', ''));
  await first.db('admin').command({ createUser: 'root', pwd: 'root', roles: ['root'] });
  await first.close();
  admin = await MongoClient.connect(urlOf('root:root', 'admin'));
  const rightsOn = (db: string, role: string) => ({ role, db });
  const make = (createUser: string, roles: object[]) =>
    admin.db('admin').command({ createUser, pwd: 'right-password', roles });
  await make(
    'enrolment',
    ['enrolment', 'shop', 'forum'].map((db) => rightsOn(db, 'readWrite')),
  );
  await make('reader', [rightsOn('enrolment', 'read')]);
  issuer = createServer((request, response) => {
    if (request.url === '/keys') response.end('{"keys":[{"kty":"oct","k":"eA","kid":"1"}]}');
    else if (request.url === '/no-keys') response.end('{"keys":[]}');
    else response.end('<html>maintenance</html>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => issuer.once('listening', resolve));
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop()));
});
afterAll(async () => {
  await admin.close();
  issuer.close();
  await Promise.all([mongod.child.stop(), plainMongod.stop(), kafka.child.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

const PASSWORD = 'right-password';
const own = () => urlOf(`enrolment:${PASSWORD}`, 'enrolment');

interface Started {
  readonly url: string;
  readonly ended: Promise<number | null>;
  said(): string;
}

async function start(env: Record<string, string>, { app = 'enrolment', main = 'main' } = {}): Promise<Started> {
  const [port = 0] = await freePorts(1);
  const child = spawn(process.execPath, [`dist/${main}.js`], {
    cwd: join(ROOT, 'apps', app),
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DEVELOPMENT: 'true',
      KAFKA_BROKERS: kafka.broker,
      AUTH_ISSUER: issuerUrl,
      AUTH_JWKS_URL: `${issuerUrl}/keys`,
      ...(env['MONGO_URL_FILE'] ? {} : { MONGO_URL: own() }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  running.push({
    stop: () => {
      child.kill('SIGKILL');
      return ended;
    },
  });
  return { url: `http://127.0.0.1:${port}`, ended, said: () => said };
}

interface Ready {
  readonly code: number;
  readonly status: string;
  readonly parts: Record<string, { state: string; detail: string }>;
}
const readyOf = ({ url }: Started): Promise<Ready | undefined> =>
  fetch(`${url}/health/ready`).then(
    async (response) => ({ code: response.status, ...((await response.json()) as Omit<Ready, 'code'>) }),
    () => undefined,
  );
const readyOnce = (service: Started, as: (ready: Ready) => boolean) =>
  until(
    () => readyOf(service),
    (ready) => ready !== undefined && as(ready),
    120_000,
  ) as Promise<Ready>;

test('a service starts by secrets in files; topics that are missing are named until they are made', async () => {
  const brokers = await Brokers.connect(kafka.broker);
  await brokers.setUser('enrolment', 'kafka-password');
  await brokers.close();
  const service = await start({
    MONGO_URL_FILE: fileOf('mongo-url', `${own()}\n`),
    KAFKA_BROKERS: `127.0.0.1:${partnersPort}`,
    KAFKA_USERNAME: 'partner-enrolment',
    KAFKA_PASSWORD_FILE: fileOf('kafka-password', 'kafka-password\n'),
    KAFKA_CA_FILE: kafka.authority,
  });
  const { parts } = await readyOnce(
    service,
    ({ parts }) => parts['service']?.state === 'ok' && parts['kafka']?.detail.includes('missing') === true,
  );
  expect(parts['kafka']).toMatchObject({
    state: 'degraded',
    detail: expect.stringMatching(/gpect\.enrolment\.events.*topics\.yaml/),
  });
  const plain = await start({});
  await readyOnce(plain, ({ parts }) => parts['kafka']?.detail.includes('gpect.enrolment.dead-letter') === true);
  await applyTopics(kafka.broker);
  expect(await readyOnce(plain, ({ parts }) => parts['kafka']?.state === 'ok')).toMatchObject({ code: 200 });
  for (const { said } of [service, plain]) expect(said()).not.toContain('-password');
});

test.each<[string, () => Record<string, string>, RegExp, { app?: string; main?: string }?]>([
  [
    'a wrong password',
    () => ({ MONGO_URL: urlOf('enrolment:wrong-password', 'enrolment') }),
    /refuses the user name or the password/,
  ],
  [
    'a database that asks for a user',
    () => ({ MONGO_URL: urlOf('', 'enrolment').replace('&authSource=admin', '') }),
    /Unauthorized/,
  ],
  ['a user without rights', () => ({ MONGO_URL: urlOf(`reader:${PASSWORD}`, 'enrolment') }), /Unauthorized.*readWrite/],
  [
    'an option that the driver does not know',
    () => ({ MONGO_URL: `${own()}&sesame=right-password` }),
    /does not take MONGO_URL/,
  ],
  [
    'a server that is no replica set',
    () => ({ MONGO_URL: `mongodb://127.0.0.1:${plainPort}/enrolment` }),
    /no replica set/,
  ],
  [
    'a database that is called by another name than its certificate says',
    () => ({
      MONGO_URL: urlOf(`enrolment:${PASSWORD}`, 'enrolment', {
        host: OTHER_NAME,
        options: `&tls=true&tlsCAFile=${join(dir, 'mongod-tls/ca.pem')}`,
      }),
    }),
    /certificate is for another name/,
  ],
  [
    'a database whose name differs from the one that is there by its case',
    () => ({ MONGO_URL: urlOf('root:root', 'Enrolment') }),
    /differs from the one of MONGO_URL by upper and lower case/,
  ],
  [
    'a database whose name no server takes',
    () => ({ MONGO_URL: urlOf('root:root', 'e'.repeat(70)) }),
    /InvalidNamespace/,
  ],
  ["another service's database", () => ({}), /the one of enrolment, this is consulting/, { app: 'consulting' }],
  [
    "a rebuild of another service's database",
    () => ({}),
    /the one of enrolment, this is reporting/,
    { app: 'reporting', main: 'rebuild' },
  ],
  [
    'a user that the brokers refuse',
    () => ({
      KAFKA_BROKERS: `127.0.0.1:${partnersPort}`,
      KAFKA_USERNAME: 'partner-enrolment',
      KAFKA_PASSWORD: 'wrong-password',
      KAFKA_CA_FILE: kafka.authority,
    }),
    /brokers refuse the user or the password/,
  ],
  [
    'brokers that are called by another name than their certificate says',
    () => ({
      KAFKA_BROKERS: `${OTHER_NAME}:${partnersPort}`,
      KAFKA_USERNAME: 'partner-enrolment',
      KAFKA_PASSWORD: 'kafka-password',
      KAFKA_CA_FILE: kafka.authority,
    }),
    /brokers cannot be reached: its certificate is for another name/,
  ],
  ['a port that another process has', () => ({ PORT: String(plainPort) }), /another process has it/],
])('%s: said for what it is, and the process ends with 78', async (_what, env, reason, what = {}) => {
  const { ended, said } = await start(env(), what);
  expect(await ended).toBe(78);
  expect(said()).toMatch(reason);
  expect(said()).not.toContain('-password');
});

test("a database of before the mark is taken where it holds the service's own collections alone", async () => {
  const db = admin.db('enrolment');
  const { deletedCount } = await db.collection('database_owner').deleteMany({});
  expect(deletedCount).toBe(1);
  await readyOnce(await start({}), ({ parts }) => parts['service']?.state === 'ok');
  expect(await db.collection('database_owner').findOne()).toMatchObject({ service: 'enrolment' });

  await admin.db('shop').collection('orders').insertOne({ paid: true });
  const { ended, said } = await start({ MONGO_URL: urlOf(`enrolment:${PASSWORD}`, 'shop') });
  expect(await ended).toBe(78);
  expect(said()).toContain("holds what is not enrolment's (orders)");
  expect(await admin.db('shop').listCollections().toArray()).toHaveLength(1);
});

test('an index that exists with other options is named, and made anew once it is dropped', async () => {
  const audit = admin.db('enrolment').collection('answers');
  const [index] = (await audit.indexes()).filter(({ name }) => name !== '_id_');
  const { name = '', key } = index ?? {};
  await audit.dropIndex(name);
  await audit.createIndex(key as Record<string, 1>, { name, sparse: true });
  const { ended, said } = await start({});
  expect(await ended).toBe(78);
  expect(said()).toMatch(new RegExp(`index of this service exists with other options.*answers\\.${name}`));
  await audit.dropIndex(name);
  await readyOnce(await start({}), ({ parts }) => parts['service']?.state === 'ok');
});

test.each([
  ['that cannot be reached', () => `http://127.0.0.1:${nobodysPort}/keys`, 'nothing listens there'],
  ['that answers with a page', () => `${issuerUrl}/page`, 'not with the keys of an issuer'],
  ['without a key', () => `${issuerUrl}/no-keys`, 'holds no key'],
])('an issuer %s: not ready, which says so, and the service waits for it', async (_what, url, reason) => {
  const service = await start({ AUTH_JWKS_URL: url() });
  const ready = await readyOnce(service, ({ parts }) => parts['service']?.state === 'ok');
  expect(ready).toMatchObject({
    code: 503,
    parts: { keys: { state: 'failed', detail: expect.stringContaining(reason) } },
  });
});

test('a database that is away: not ready, which says why, until it is there', async () => {
  const service = await start({ MONGO_URL: 'mongodb://127.0.0.1:9/enrolment?directConnection=true' });
  const { parts } = await readyOnce(
    service,
    ({ parts }) => parts['service']?.detail.includes('nothing listens there') === true,
  );
  expect(parts['service']?.detail).toContain('127.0.0.1:9: nothing listens there');
});

test('a stack of which one service cannot start says which, and leaves none of the others running', async () => {
  const children = () =>
    execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '' && !line.includes('ps -o pid='));
  const before = children();
  const starting = Stack.start({
    dir: join(dir, 'half'),
    ports: await anyFreePorts(),
    supervise: false,
    services: ['enrolment', 'consulting', 'reporting'],
    program: (service) => (service === 'reporting' ? ['-e', 'process.exit(1)'] : undefined),
  });
  await expect(starting).rejects.toThrow('reporting did not start');
  expect(children()).toEqual(before);
});
