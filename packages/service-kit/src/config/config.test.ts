import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { COMMON_CONFIG, readConfig } from './config.js';
import { comesByFile } from './environment.js';

const GOOD = {
  PORT: '4001',
  MONGO_URL: 'mongodb://u:secret@a:27017,b:27017,c:27017/enrolment?replicaSet=gpect',
  KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092',
  AUTH_ISSUER: 'https://login.example/',
  AUTH_JWKS_URL: 'https://login.example/jwks.json',
};

const dir = mkdtempSync(join(tmpdir(), 'gpect-secrets-'));
afterAll(() => rmSync(dir, { recursive: true }));

function fileOf(content: string | Uint8Array): string {
  const path = join(dir, String(Math.random()));
  writeFileSync(path, content);
  return path;
}

function faultsOf(changed: Record<string, string>): string {
  let said = '';
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    readConfig({ ...GOOD, ...changed }, {}, (code) => {
      throw new Error(`ended with ${code}`);
    });
  } catch (error) {
    expect(String(error)).toContain('ended with 78');
  } finally {
    write.mockRestore();
  }
  return said;
}

test.each([GOOD.MONGO_URL, 'mongodb+srv://u:secret@cluster.example/enrolment'])(
  'a connection string of several hosts or of srv is taken: %s',
  (MONGO_URL) => expect(faultsOf({ MONGO_URL })).toBe(''),
);

test.each([
  ['MONGO_URL', 'postgres://u:secret@a/enrolment', 'is no MongoDB connection string'],
  ['MONGO_URL', 'mongodb://u:secret@@a:27017/x', 'is no MongoDB connection string'],
  ['MONGO_URL', 'mongodb://u:secret@a:27017,b:27017', 'names no database'],
  ['KAFKA_BROKERS', 'u:secret@kafka', 'is no list of host:port'],
  ['PORT', 'secret', 'not valid'],
  ['AUTH_JWKS_URL', 'secret', 'not valid'],
  ['LOG_LEVEL', 'secret', 'not valid'],
])('a wrong %s is named without its value: %s', (name, value, fault) => {
  const said = faultsOf({ [name]: value });
  expect(said).toContain(`${name} ${fault === 'not valid' ? 'has a value that is not valid' : fault}`);
  expect(said).not.toContain('secret');
});

const { MONGO_URL: _, ...WITHOUT_DATABASE } = GOOD;

test.each([
  ['as it is', ''],
  ['with a last end of line', '\n'],
  ['with one of Windows', '\r\n'],
])('a secret is read from the file that its _FILE names, %s', (_what, end) => {
  const env = { ...WITHOUT_DATABASE, MONGO_URL_FILE: fileOf(GOOD.MONGO_URL + end), MONGO_URL: '' };
  expect(readConfig(env)).toMatchObject({ MONGO_URL: GOOD.MONGO_URL });
});

test('blanks and lines within a secret belong to it', () => {
  const { KAFKA_PASSWORD } = readConfig({
    ...GOOD,
    KAFKA_USERNAME: 'enrolment',
    KAFKA_PASSWORD_FILE: fileOf(' a\nb \n\n'),
  });
  expect(KAFKA_PASSWORD).toBe(' a\nb \n');
});

test.each([
  ['MONGO_URL is given twice', { MONGO_URL_FILE: fileOf('mongodb://u:secret@a/x') }],
  ['MONGO_URL_FILE names a file that does not exist', { MONGO_URL: '', MONGO_URL_FILE: join(dir, 'secret') }],
  ['MONGO_URL_FILE names a file that does not exist', { MONGO_URL: '', MONGO_URL_FILE: 'mongodb://u:secret@a/x' }],
  ['MONGO_URL_FILE names a folder', { MONGO_URL: '', MONGO_URL_FILE: dir }],
  ['MONGO_URL_FILE names a file that is empty', { MONGO_URL: '', MONGO_URL_FILE: fileOf('\n') }],
  ['MONGO_URL_FILE names a file that is not text', { MONGO_URL: '', MONGO_URL_FILE: fileOf(Buffer.from([0xff])) }],
  ['MONGO_URL_FILE names a file of more', { MONGO_URL: '', MONGO_URL_FILE: fileOf('secret'.repeat(20_000)) }],
  ['MONGO_URL is no MongoDB connection', { MONGO_URL: '', MONGO_URL_FILE: fileOf('postgres://u:secret@a/x') }],
  ['KAFKA_CA_FILE names a file that does not exist', { KAFKA_CA_FILE: join(dir, 'secret') }],
  ['KAFKA_CA holds no certificate', { KAFKA_CA_FILE: fileOf('secret') }],
  ['KAFKA_PASSWORD is missing (or KAFKA_PASSWORD_FILE)', { KAFKA_USERNAME: 'secret' }],
  ['MONGO_URL names a database of mongod itself', { MONGO_URL: 'mongodb://u:secret@a/admin' }],
])('%s: said by name, never with what was given', (fault, changed) => {
  const said = faultsOf(changed as Record<string, string>);
  expect(said).toContain(`  ${fault}`);
  expect(said).not.toContain('secret');
  expect(said).not.toContain(dir);
  expect(said.match(/MONGO_URL/g)?.length ?? 0).toBeLessThan(3);
});

test('every variable that is a secret by its name may come by a file', () => {
  const secrets = Object.entries(COMMON_CONFIG).filter(([name]) =>
    /PASSWORD|SECRET|MONGO_URL|(?<!MAX_)TOKEN$/.test(name),
  );
  expect(secrets.map(([name]) => name)).toEqual(['MONGO_URL', 'KAFKA_PASSWORD']);
  for (const [, spec] of secrets) expect(comesByFile(spec)).toBe(true);
});
