import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from '@jest/globals';
import { ZipArchive } from './archives.js';
import { zipOf } from './zip-fixture.js';

const dir = mkdtempSync(join(tmpdir(), 'gpect-archives-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function unpacked(bytes: Buffer): Promise<string> {
  const path = join(dir, 'a.zip');
  writeFileSync(path, bytes);
  const archive = await ZipArchive.open(path);
  try {
    return await text(archive.bytes('a.csv').open());
  } finally {
    archive.close();
  }
}

/** The sum of the only entry, in the directory at the end. */
const withSum = (bytes: Buffer, change: (sum: number) => number) => {
  const at = bytes.indexOf(Buffer.from('PK\u0001\u0002', 'latin1')) + 16;
  const damaged = Buffer.from(bytes);
  damaged.writeUInt32LE(change(bytes.readUInt32LE(at)), at);
  return damaged;
};

test('what was unpacked is held against its sum: another digit is no other amount', async () => {
  const packed = zipOf({ 'a.csv': Buffer.from('R1;100,00') });
  expect(await unpacked(packed)).toBe('R1;100,00');
  await expect(unpacked(withSum(packed, (sum) => (sum ^ 1) >>> 0))).rejects.toMatchObject({ code: 'archive_broken' });
});

test('a program that wrote no sum is taken at its word', async () => {
  const packed = zipOf({ 'a.csv': Buffer.from('R1;100,00') });
  expect(await unpacked(withSum(packed, () => 0))).toBe('R1;100,00');
});
