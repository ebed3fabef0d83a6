import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { bearerCheck } from '../src/http/authentication.js';
import type { Caller } from '../src/http/caller.js';
import { issuerKeys } from '../src/http/issuer-keys.js';

const ISSUER = 'https://login.example/';

let server: Server;
let jwks: { keys: JWK[] };
let asked = 0;
let answer = 200;
let url: string;
const keys = new Map<string, CryptoKey>();

/** A key pair of the issuer, under the name that it gives it. */
async function newKey(kid: string, alg: string): Promise<JWK> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  keys.set(kid, privateKey);
  return { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
}

beforeAll(async () => {
  jwks = { keys: [await newKey('k1', 'ES256'), await newKey('rsa', 'RS256'), await newKey('development', 'ES256')] };
  server = createServer((_request, response) => {
    asked++;
    response.writeHead(answer, { 'content-type': 'application/json' }).end(JSON.stringify(jwks));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  answer = 200;
});

/** Of any shape, as a stranger may sign them. */
type Claims = Readonly<Record<string, unknown>>;

const now = () => Math.floor(Date.now() / 1000);
const usual = (): JWTPayload => ({
  iss: ISSUER,
  aud: 'gpect',
  sub: 'anne',
  iat: now() - 60,
  exp: now() + 600,
  roles: ['state'],
  programmes: ['npdc-*'],
});
const header = { alg: 'ES256', kid: 'k1' };
/** A token that says all that it should, but for `change`; a claim of undefined is not there. */
const signed = (change: Claims = {}, how: { alg: string; kid?: string; typ?: string } = header) =>
  new SignJWT({ ...usual(), ...change } as JWTPayload)
    .setProtectedHeader(how)
    .sign(keys.get(how.kid ?? 'k1') as CryptoKey);

const checker = (development = false) =>
  bearerCheck(
    {
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: 'gpect,gpect-other',
      AUTH_MAX_TOKEN_AGE: 86_400,
      DEVELOPMENT: development,
    },
    issuerKeys(url),
  );
type Checked = { status: number; detail?: string | undefined; french?: string | undefined; caller?: Caller };
async function check(token: string, by = checker()): Promise<Checked> {
  const request = { headers: { authorization: `Bearer ${token}` } } as Request;
  return by(request, ['state']).then(
    () => ({ status: 200, caller: request.caller as Caller }),
    ({ status, more: { detail, french } }: { status: number; more: { detail?: string; french?: string } }) => ({
      status,
      detail,
      french,
    }),
  );
}

test('a token says who asks, in which roles, for whom, and in which programmes', async () => {
  const { status, caller } = await check(await signed({ roles: ['state', 'funder'], funder: ['opca-a', 'opca-b'] }));
  expect(status).toBe(200);
  expect(caller).toEqual({
    subject: 'anne',
    roles: ['state', 'funder'],
    codes: { carrier: [], partner: [], consultant: [], funder: ['opca-a', 'opca-b'] },
    programmes: ['npdc-*'],
  });
});

describe('a token is taken', () => {
  test.each<[string, Claims, object?]>([
    ['of a second audience', { aud: ['gpect-other', 'somebody'] }],
    ['of one role, as a text', { roles: 'state' }],
    ['signed with RSA', {}, { alg: 'RS256', kid: 'rsa' }],
    ['of the type at+jwt', {}, { ...header, typ: 'at+jwt' }],
    ['of the type JWT', {}, { ...header, typ: 'JWT' }],
    ['of the type application/at+jwt', {}, { ...header, typ: 'application/at+jwt' }],
    ['by a clock a little ahead', { iat: now() + 10, nbf: now() + 10 }],
    ['by a clock a little behind', { exp: now() - 10 }],
    ['with other claims of any shape', { groups: [{ a: [1] }], email: null }],
  ])('%s', async (_what, claims, how = {}) => {
    expect(await check(await signed(claims, { ...header, ...how }))).toMatchObject({ status: 200 });
  });
});

describe('a token is refused', () => {
  test.each<[string, Claims, object?]>([
    ['without exp', { exp: undefined }],
    ['without sub', { sub: undefined }],
    ['without iat', { iat: undefined }],
    ['without iss', { iss: undefined }],
    ['without aud', { aud: undefined }],
    ['with an empty sub', { sub: '' }],
    ['with a blank sub', { sub: '  ' }],
    ['with a sub that nobody sees', { sub: '\u3164\u2800' }],
    ['with a sub that is a number', { sub: 7 }],
    ['with a sub that is a list', { sub: ['anne'] }],
    ['with a sub of two lines', { sub: 'anne\nroot' }],
    ['with a sub of 300 characters', { sub: 'a'.repeat(300) }],
    ['with half a character in its sub', { sub: 'a\ud800' }],
    ['of another issuer', { iss: 'https://evil.example/' }],
    ['of the issuer without its slash', { iss: ISSUER.slice(0, -1) }],
    ['for another audience', { aud: 'somebody' }],
    ['that has expired', { exp: now() - 120 }],
    ['whose exp is a text', { exp: '9999999999' }],
    ['that is not valid yet', { nbf: now() + 120 }],
    ['issued in the future', { iat: now() + 3600 }],
    ['issued two days ago, valid for ten years', { iat: now() - 2 * 86_400, exp: now() + 315_360_000 }],
    ['whose type is another', {}, { ...header, typ: 'logout+jwt' }],
    ['signed with the key of the development issuer', {}, { alg: 'ES256', kid: 'development' }],
    ['that says it is for development', { development: true }],
    ['with roles in a list in a list', { roles: [['state']] }],
    ['with roles in an object', { roles: { state: true } }],
    ['with a number among its roles', { roles: ['state', 1] }],
    ['with roles that are true', { roles: true }],
    ['with a carrier that is a query', { carrier: { $ne: null } }],
    ['with a carrier of 300 characters', { carrier: 'a'.repeat(300) }],
    ['with an empty carrier', { carrier: '' }],
    ['with a funder that has U+0000', { funder: ['opca-a\u0000'] }],
    ['with 1001 funders', { funder: Array.from({ length: 1001 }, (_, i) => `f${i}`) }],
    ['with programmes in an object', { programmes: { '*': true } }],
  ])('%s', async (_what, claims, how = {}) => {
    const { status, detail, french } = await check(await signed(claims, { ...header, ...how }));
    expect([status, detail]).toEqual([401, expect.any(String)]);
    expect(french).toMatch(
      /^le jeton (?:n’est pas (?:admis|lisible) \(.+\)|a expiré le .+)\u00a0: demandez-en un (?:autre|nouveau)$/s,
    );
    expect(french).not.toMatch(/\b(?:the|claim|must|is|not|token|check)\b/);
  });

  test.each(['1e400', '-1e400', '1e300', '9007199254740993', '1893456000.5', '-1'])(
    'whose exp, iat or nbf is %s',
    async (written) => {
      for (const claim of ['exp', 'iat', 'nbf']) {
        const payload = JSON.stringify({ ...usual(), [claim]: 4_321 }).replace(
          `"${claim}":4321`,
          `"${claim}":${written}`,
        );
        const token = await new CompactSign(new TextEncoder().encode(payload))
          .setProtectedHeader(header)
          .sign(keys.get('k1') as CryptoKey);
        const { status, detail } = await check(token);
        expect([status, detail]).toEqual([401, expect.any(String)]);
      }
    },
  );

  test('that has no role of the operation, whatever its roles are called', async () => {
    for (const roles of [[], undefined, ['State'], ['constructor', '__proto__'], 'state,region', 'state region'])
      expect(await check(await signed({ roles }))).toMatchObject({ status: 403 });
  });

  test.each(['HS256', 'HS512'])('signed with the public key as a secret (%s)', async (alg) => {
    const secret = new TextEncoder().encode(JSON.stringify(jwks.keys[0]));
    const token = await new SignJWT(usual()).setProtectedHeader({ alg, kid: 'k1' }).sign(secret);
    expect(await check(token)).toMatchObject({ status: 401 });
  });

  test('without a signature, with another one, cut off, or no token at all', async () => {
    const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [head, body, signature] = (await signed()).split('.');
    for (const token of [
      `${b64({ alg: 'none' })}.${b64(usual())}.`,
      `${b64({ alg: 'None', kid: 'k1' })}.${b64(usual())}.`,
      `${head}.${b64({ ...usual(), roles: ['state', 'operations'] })}.${signature}`,
      `${head}.${body}.`,
      `${head}.${body}`,
      `${b64({ alg: 'ES256', kid: 'k1', crit: ['x'], x: 1 })}.${body}.${signature}`,
      'x',
      '...',
      '{}',
    ])
      expect(await check(token)).toMatchObject({ status: 401 });
  });
});

test('on a development stack the tokens of its issuer are taken', async () => {
  const token = await signed({ development: true }, { alg: 'ES256', kid: 'development' });
  expect(await check(token, checker(true))).toMatchObject({ status: 200 });
});

test('a thousand tokens of keys that nobody knows ask the issuer once more, not a thousand times', async () => {
  const by = checker();
  expect(await check(await signed(), by)).toMatchObject({ status: 200 });
  keys.set('stranger', (await generateKeyPair('ES256')).privateKey);
  const before = asked;
  const tokens = await Promise.all(
    Array.from({ length: 1000 }, (_, i) =>
      new SignJWT(usual()).setProtectedHeader({ alg: 'ES256', kid: `x${i}` }).sign(keys.get('stranger') as CryptoKey),
    ),
  );
  const all = await Promise.all(tokens.map((token) => check(token, by)));
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([401]));
  expect(asked - before).toBeLessThanOrEqual(1);
});

test('while the issuer cannot give its keys, a token is not called wrong: try again', async () => {
  answer = 500;
  const by = checker();
  expect(await check(await signed(), by)).toMatchObject({ status: 503 });
  answer = 200;
  expect(await check(await signed(), by)).toMatchObject({ status: 200 });
});
