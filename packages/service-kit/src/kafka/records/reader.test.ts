import { expect, test } from '@jest/globals';
import { headerName } from './header-names.js';
import { ByteReader } from './reader.js';

/** As Kafka writes them: zigzag, seven bits a byte. */
function written(value: bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  for (; left >= 0x80n; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(left)]);
}

const around = (power: number) => [-1n, 0n, 1n].map((more) => 2n ** BigInt(power) + more);
const upTo = (power: number) =>
  [0n, ...Array.from({ length: power }, (_, i) => around(i)).flat()].flatMap((n) => [n, -n]);

test('numbers of any length are read as they were written, one behind the other', () => {
  const small = [...upTo(31), 2n ** 31n - 1n, -(2n ** 31n)].filter((n) => n === BigInt.asIntN(32, n));
  const ints = new ByteReader(Buffer.concat(small.map(written)));
  expect(small.map(() => ints.varint())).toEqual(small.map(Number));
  expect(ints.left).toBe(0);
  const large = [...upTo(53), 2n ** 63n - 1n, -(2n ** 63n)];
  const longs = new ByteReader(Buffer.concat(large.map(written)));
  expect(large.map(() => longs.varlong())).toEqual(large.map(Number));
  expect(longs.left).toBe(0);
});

test('a number without an end, or that is cut off, is no number', () => {
  const endless = Buffer.alloc(20, 0xff);
  expect(() => new ByteReader(endless).varint()).toThrow('too many bytes');
  expect(() => new ByteReader(endless).varlong()).toThrow('too many bytes');
  for (const cut of [written(-(2n ** 31n)), written(2n ** 40n)])
    expect(() => new ByteReader(cut, 0, cut.length - 1).varlong()).toThrow('announced');
});

test('nothing is read beyond the end that was given, nor backwards', () => {
  const bytes = Buffer.concat([written(3n), Buffer.from('abcdef')]);
  expect(String(new ByteReader(bytes, 0, 4).varBytes())).toBe('abc');
  expect(() => new ByteReader(bytes, 0, 3).varBytes()).toThrow('announced');
  expect(() => new ByteReader(bytes, 0, 3).skipVarBytes()).toThrow('announced');
  expect(() => new ByteReader(written(-2n)).skipVarBytes()).toThrow('announced');
});

test('names of headers are those that were written, however like a usual one they are', () => {
  for (const name of ['ce_id', 'ce_if', 'CE_id', 'content-type', 'content-typf', 'ce_anything', 'x'.repeat(100)])
    expect(headerName(Buffer.from(name))).toBe(name);
  for (const name of ['', 'ce id', 'ce_ié', 'x'.repeat(101)]) expect(headerName(Buffer.from(name))).toBeUndefined();
});
