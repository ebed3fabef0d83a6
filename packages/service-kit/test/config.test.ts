import { expect, jest, test } from '@jest/globals';
import { readConfig } from '../src/config/config.js';

const PRODUCTION = {
  PORT: '4001',
  MONGO_URL: 'mongodb://mongo:27017/enrolment',
  KAFKA_BROKERS: 'kafka:9092',
  AUTH_ISSUER: 'https://login.example/',
  AUTH_JWKS_URL: 'https://login.example/jwks.json',
};

/** What a service of this environment says before it ends, with its code; its configuration where it starts. */
function started(env: Record<string, string>) {
  const said: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  try {
    return readConfig({ ...PRODUCTION, ...env }, {}, (code) => {
      throw new Error(`${code}: ${said.join('')}`);
    });
  } finally {
    write.mockRestore();
  }
}

test.each<[string, Record<string, string>, RegExp]>([
  ['an issuer without TLS', { AUTH_ISSUER: 'http://issuer:4000/' }, /^78: [\s\S]*AUTH_ISSUER is no https/],
  ['keys that come without TLS', { AUTH_JWKS_URL: 'http://127.0.0.1/jwks' }, /^78: [\s\S]*AUTH_JWKS_URL is no https/],
  ['an issuer that is no address', { AUTH_ISSUER: 'login' }, /^78: [\s\S]*AUTH_ISSUER/],
  ['belief in every proxy', { TRUST_PROXY: 'true' }, /^78: [\s\S]*TRUST_PROXY/],
  ['belief in any address', { TRUST_PROXY: '0.0.0.0/0' }, /^78: [\s\S]*TRUST_PROXY/],
  ['a network that is none', { TRUST_PROXY: '10.0.0.0/8, proxy' }, /^78: [\s\S]*TRUST_PROXY/],
  ['ten proxies', { TRUST_PROXY: '10' }, /^78: [\s\S]*TRUST_PROXY/],
])('a service does not start with %s', (_what, env, says) => {
  expect(() => started(env)).toThrow(says);
});

test('it starts where the issuer is https, and believes nobody about addresses', () => {
  expect(started({})).toMatchObject({ DEVELOPMENT: false, TRUST_PROXY: false, AUTH_MAX_TOKEN_AGE: 86_400 });
});

test('a development stack says that it is one, and does without TLS', () => {
  expect(started({ DEVELOPMENT: 'true', AUTH_ISSUER: 'http://issuer:4000/' })).toMatchObject({ DEVELOPMENT: true });
});

test('proxies are believed by their number or their networks', () => {
  expect(started({ TRUST_PROXY: '2' })).toMatchObject({ TRUST_PROXY: 2 });
  expect(started({ TRUST_PROXY: '10.0.0.0/8, fd00::/8,192.0.2.1' })).toMatchObject({
    TRUST_PROXY: ['10.0.0.0/8', 'fd00::/8', '192.0.2.1'],
  });
});
