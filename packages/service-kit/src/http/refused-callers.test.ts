import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Router } from 'express';
import { type CryptoKey, createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { listening, smallApp, smallDocument } from '../../test/small-app.js';
import type { IssuerKeys } from './issuer-keys.js';

const document = smallDocument({
  '/things': {
    get: {
      'x-programme': ['shared'],
      security: [{ bearer: ['state'] }],
      parameters: [{ name: 'note', in: 'query', schema: { type: 'string', maxLength: 5 } }],
      responses: { default: { description: 'x' } },
    },
  },
});

let server: Server;
let url: string;
let secret: CryptoKey;
/** The application as it stands in a service, one request a second: ten in the window. */
beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  secret = privateKey;
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] });
  const app = smallApp(document, {
    routes: Router().get('/things', (_request, response) => {
      response.json({});
    }),
    keys: keys as unknown as IssuerKeys,
    config: { AUTH_MAX_TOKEN_AGE: 3600, REQUESTS_PER_SECOND: 1, REFUSED_PER_SECOND: 1000 },
  });
  ({ server, url } = await listening(app));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const now = () => Math.floor(Date.now() / 1000);
const tokenOf = (sub: string, roles: string[]) =>
  new SignJWT({ iss: 'i', aud: 'a', sub, iat: now(), exp: now() + 600, roles, programmes: ['*'] })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .sign(secret);

test.each([
  ['by the contract', ['state'], '/things?note=too-long', 400],
  ['for its role', ['funder'], '/things', 403],
  ['by nobody', ['state'], '/things', 200],
])('a caller with a valid token that is refused %s is limited as others are', async (_by, roles, path, status) => {
  const token = await tokenOf(`caller ${status}`, roles);
  const said: number[] = [];
  for (let i = 0; i < 11; i++)
    said.push((await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).status);
  expect(said).toEqual([...Array(10).fill(status), 429]);
});
