import { BlockList } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AddressRules, allowed, hostOf, mayReach, unfitAddress } from './addresses.js';
import { isReachable } from './resolve.js';

const { GPECT_FUZZ_ADDRESSES = 2000 } = process.env;

const production: AddressRules = {
  development: false,
  ports: [443, 8443],
  hosts: new Set(),
  networks: new BlockList(),
};
const development = { ...production, development: true };
/** A name server under a partner's control. */
const resolve = async (host: string) =>
  host === 'two.example'
    ? ['93.184.215.14', '10.0.0.1']
    : host === 'inside.example'
      ? ['10.0.0.1']
      : host === 'none.example'
        ? []
        : host === 'fine.example'
          ? ['93.184.215.14', '2606:2800:21f::1']
          : [host];

async function taken(url: string, rules: AddressRules = production): Promise<boolean> {
  return unfitAddress(url, rules) === undefined && isReachable(hostOf(new URL(url)), rules, resolve);
}

describe('a webhook may not be', () => {
  test.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f.1/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://2130706433/',
    'https://127.0.0.1./',
    'https://0/',
    'https://0.0.0.0/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0xa9fea9fe/',
    'https://10.1.2.3/',
    'https://172.31.255.255/',
    'https://192.168.0.1/',
    'https://100.64.0.1/',
    'https://192.0.2.1/',
    'https://198.18.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[::127.0.0.1]/',
    'https://[fc00::1]/',
    'https://[fd12:3456::1]/',
    'https://[fe80::1]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://[64:ff9b:1::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
    'https://[2001:db8::1]/',
    'https://[ff02::1]/',
    'https://two.example/',
    'https://inside.example/',
    'https://none.example/',
    'https://fine.example./',
    'https://user:secret@fine.example/',
    'https://user@fine.example/',
    'https://fine.example:22/',
    'https://fine.example:6379/',
    'https://fine.example:80/',
    'http://fine.example/',
    'ftp://fine.example/',
    'file:///etc/passwd',
    'https://',
    'nowhere',
    'https://１２７.０.０.１/',
  ])('%s', async (url) => {
    expect(await taken(url)).toBe(false);
  });
});

test.each([
  'https://fine.example/',
  'https://fine.example:8443/a?b=c',
  'https://8.8.8.8/',
  'https://[2606:2800:21f::1]/',
])('a webhook may be %s', async (url) => {
  expect(await taken(url)).toBe(true);
});

test('on a development stack it may be on this machine, by plain http, on any port; nowhere else beside', async () => {
  expect(await taken('http://127.0.0.1:8080/', development)).toBe(true);
  expect(await taken('http://[::1]:8080/', development)).toBe(true);
  for (const url of ['http://10.0.0.1/', 'http://fine.example/', 'https://169.254.169.254/', 'http://0.0.0.0:8080/'])
    expect(await taken(url, development)).toBe(false);
});

describe('a partner on a private network', () => {
  const rules = { ...production, ...allowed('Inside.example, 10.12.0.0/16,fd00:1::/32 ') };
  test.each([
    ['https://inside.example/', true],
    ['https://10.12.3.4/', true],
    ['https://[fd00:1::5]/', true],
    ['https://10.13.0.1/', false],
    ['https://two.example/', false],
    ['https://127.0.0.1/', false],
  ])('%s: %s', async (url, may) => {
    expect(await taken(url, rules)).toBe(may);
  });

  test('whoever answers for an allowed name cannot make it this machine, or the one that gives out credentials', () => {
    for (const address of ['127.0.0.1', '169.254.169.254', '::1', 'fe80::1', '0.0.0.0'])
      expect(mayReach(address, 'inside.example', rules)).toBe(false);
  });

  test.each(['10.0.0.0/33', '10.0.0.0/x', 'a/b', 'https://x', '10.0.0.0/8/8', '::1/129', 'a b'])(
    'an entry %s is refused, and named',
    (entry) => {
      expect(() => allowed(entry)).toThrow(entry);
    },
  );
});

test('whatever an address of four bytes is written like, it is refused where it is private', async () => {
  const written = fc
    .tuple(
      fc.constantFrom(
        [10, 8],
        [127, 8],
        [0, 8],
        [169 * 256 + 254, 16],
        [192 * 256 + 168, 16],
        [172 * 16 + 1, 12],
        [100 * 4 + 1, 10],
        [14, 4],
        [15, 4],
      ),
      fc.nat(2 ** 28 - 1),
      fc.constantFrom<(n: number) => string>(
        (n) => String(n),
        (n) => `0x${n.toString(16)}`,
        (n) => `0${n.toString(8)}`,
        (n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.'),
        (n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].map((b) => `0${b.toString(8)}`).join('.'),
        (n) => `${n >>> 24}.${n & 0xffffff}`,
        (n) => `0x${(n >>> 24).toString(16)}.${(n >>> 16) & 255}.${n & 0xffff}`,
        (n) => `[::ffff:${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}]`,
        (n) => `[64:ff9b::${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}]`,
        (n) => `[2002:${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}::]`,
      ),
    )
    .map(([[head = 0, bits = 0], rest, write]) => write(head * 2 ** (32 - bits) + (rest % 2 ** (32 - bits))));
  await fc.assert(
    fc.asyncProperty(written, async (host) => {
      expect(await taken(`https://${host}/`)).toBe(false);
    }),
    { numRuns: Number(GPECT_FUZZ_ADDRESSES) },
  );
});
