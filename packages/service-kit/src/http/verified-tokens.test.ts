import { beforeEach, expect, test } from '@jest/globals';
import {
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import { tokenVerifier } from './verified-tokens.js';

let secret: CryptoKey;
let given: JWTVerifyGetKey;

async function newKey(kid: string): Promise<{ secret: CryptoKey; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { secret: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } };
}
const issuerGives = (...keys: JWK[]) => {
  given = createLocalJWKSet({ keys });
};

beforeEach(async () => {
  const key = await newKey('k1');
  secret = key.secret;
  issuerGives(key.jwk);
});

const now = () => Math.floor(Date.now() / 1000);
const signed = (sub: string, exp = now() + 600) =>
  new SignJWT({ sub, exp, iat: now() }).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(secret);
const verifier = (maxTokenAge = 86_400, most?: number) =>
  tokenVerifier((header, token) => given(header, token), { maxTokenAge }, most);

test('a token is verified once, and the same each time', async () => {
  const verify = verifier();
  const [anne, paul] = [await signed('anne'), await signed('paul')];
  const first = await verify(anne);
  expect(first.payload.sub).toBe('anne');
  expect(await verify(anne)).toBe(first);
  expect((await verify(paul)).payload.sub).toBe('paul');
});

test.each([
  ['its end', 86_400, 1],
  ['the age that is taken', 1, 600],
])('beyond %s it is refused, known or not', async (_what, maxTokenAge, seconds) => {
  const verify = verifier(maxTokenAge);
  const token = await signed('anne', now() + seconds);
  await verify(token);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  await expect(verify(token)).rejects.toThrow(/timestamp/);
});

test('once its issuer has withdrawn the key, or put another under its name, a token that was known is refused', async () => {
  const verify = verifier();
  const token = await signed('anne');
  await verify(token);
  issuerGives((await newKey('k2')).jwk);
  await expect(verify(token)).rejects.toThrow(/no applicable key/);
  issuerGives((await newKey('k1')).jwk);
  await expect(verify(token)).rejects.toThrow(/signature verification failed/);
});

test('a known token with another signature is not known', async () => {
  const verify = verifier();
  const token = await signed('anne');
  await verify(token);
  await expect(verify(`${token.slice(0, -4)}AAAA`)).rejects.toThrow(/signature verification failed/);
});

test('so many are known, the latest', async () => {
  const verify = verifier(86_400, 2);
  const tokens = await Promise.all(['anne', 'paul', 'jean'].map((sub) => signed(sub)));
  const first = [];
  for (const token of tokens) first.push(await verify(token));
  expect(await verify(tokens[2] ?? '')).toBe(first[2]);
  expect(await verify(tokens[1] ?? '')).toBe(first[1]);
  expect(await verify(tokens[0] ?? '')).not.toBe(first[0]);
});
