import { recordBatch } from '@gpect/test-kit/record-batch';
import { describe, expect, test } from '@jest/globals';
import { compressFrameSync } from 'lz4-napi';
import { compress as snap } from 'snappyjs';
import { BREATH_RECORDS, Breath } from '../breath.js';
import type { RawRecord, RecordBatch, UnreadableBatch } from './record.js';
import { readRecordSet } from './record-set.js';

const read = (set: Buffer, enough = {}) => readRecordSet(set, new Breath(), enough);

const records = Array.from({ length: 50 }, (_, i) => ({
  key: `k${i}`,
  value: `value ${i} `.repeat(40),
  headers: [['ce_id', `e${i}`] as const, ['empty', null] as const],
}));

/** Blocks of 128 kB at the most, as Java's snappy streams are cut. */
function xerial(bytes: Buffer): Buffer {
  const parts = [Buffer.from('82534e41505059000000000100000001', 'hex')];
  for (let at = 0; at < bytes.length; at += 1000) {
    const block = Buffer.from(snap(bytes.subarray(at, at + 1000)));
    const length = Buffer.alloc(4);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

/** A frame of Zstandard, in blocks that repeat one byte or stand as they are. */
const zstd = (...blocks: readonly ZstdBlock[]): Buffer => zstdOf(0x58, blocks);
type ZstdBlock = Buffer | { byte: number; times: number };

function zstdOf(window: number, blocks: readonly ZstdBlock[]): Buffer {
  const parts = blocks.map((block, i) => {
    const [type, size] = Buffer.isBuffer(block) ? [0, block.length] : [1, block.times];
    const header = (size << 3) | (type << 1) | (i === blocks.length - 1 ? 1 : 0);
    const bytes = Buffer.isBuffer(block) ? block : Buffer.from([block.byte]);
    return Buffer.concat([Buffer.from([header & 255, (header >> 8) & 255, header >> 16]), bytes]);
  });
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, window]), ...parts]);
}

/** Packed blocks: one literal, then as many sequences as can be said, each of the longest match, that take no bits at all. */
function copying(blocks: number): Buffer {
  const body = Buffer.from([0x08, 0x78, 0xff, 0xff, 0xff, 0x54, 0, 0, 52, 0x80]);
  const header = (body.length << 3) | (2 << 1);
  const block = (last: number) => Buffer.concat([Buffer.from([header | last, 0, 0]), body]);
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]),
    ...Array.from({ length: blocks }, (_, i) => block(i === blocks - 1 ? 1 : 0)),
  ]);
}

const recordsOf = (batch: RecordBatch | UnreadableBatch | undefined): readonly RawRecord[] =>
  batch && 'records' in batch ? batch.records.map((record) => record.read()) : [];
const reasonOf = (batch: RecordBatch | UnreadableBatch | undefined): string =>
  batch && 'reason' in batch ? batch.reason : 'it was read';

describe('a batch is read in each of Kafka’s codecs', () => {
  test.each([
    ['none', 0, undefined],
    ['gzip', 1, undefined],
    ['snappy, one block', 2, (b: Buffer) => Buffer.from(snap(b))],
    ['snappy, a stream of Java', 2, xerial],
    ['lz4', 3, (b: Buffer) => compressFrameSync(b)],
    ['lz4 with checksums', 3, (b: Buffer) => compressFrameSync(b, { contentChecksum: true, blockChecksums: true })],
    ['zstd', 4, (b: Buffer) => zstd(b.subarray(0, 999), b.subarray(999))],
    ['zstd with a window of 128 MiB', 4, (b: Buffer) => zstdOf(0x88, [b.subarray(0, 999), b.subarray(999)])],
    [
      'zstd in frames, with some to skip',
      4,
      (b: Buffer) => {
        const skipped = Buffer.from('5f2a4d1803000000616263', 'hex');
        return Buffer.concat([skipped, zstd(b.subarray(0, 999)), skipped, zstd(b.subarray(999)), skipped]);
      },
    ],
  ])('%s', async (_name, codec, pack) => {
    const set = recordBatch(records, { codec, ...(pack ? { pack } : {}), firstOffset: 7 });
    const [batch] = await read(Buffer.concat([set, set.subarray(0, 30)]));
    const found = recordsOf(batch);
    expect(found).toHaveLength(50);
    expect(found.map(({ offset, key, value }) => [offset, String(key), String(value)])).toEqual(
      records.map(({ key, value }, i) => [7 + i, key, value]),
    );
    expect(found[3]?.headers.map(([name, value]) => [String(name), value && String(value)])).toEqual([
      ['ce_id', 'e3'],
      ['empty', null],
    ]);
  });
});

describe('a batch that cannot be read is one batch, with its offsets and why', () => {
  const good = recordBatch(records.slice(0, 1), { firstOffset: 50 });
  const gib = 1024 ** 3;
  test.each([
    ['an unknown codec', recordBatch(records, { codec: 6 }), 'codec is number 6'],
    ['bytes that are no gzip', recordBatch(records, { codec: 1, pack: (b) => b }), 'incorrect header check'],
    ['bytes that are no snappy', recordBatch(records, { codec: 2, pack: (b) => b }), ''],
    ['bytes that are no lz4', recordBatch(records, { codec: 3, pack: (b) => b }), 'no LZ4 frame'],
    ['bytes that are no zstd', recordBatch(records, { codec: 4, pack: (b) => b }), 'invalid zstd data'],
    ['more records than it holds', recordBatch(records, { count: 51 }), 'announced'],
    ['two thousand million records', recordBatch(records, { count: 2_000_000_000 }), 'at most'],
    [
      'a kilobyte of snappy that says it is a gigabyte',
      recordBatch(records, { codec: 2, pack: () => Buffer.from([0x80, 0x80, 0x80, 0x80, 4, 0]) }),
      'too big',
    ],
    [
      'zstd that repeats one byte for a gigabyte',
      recordBatch(records, {
        codec: 4,
        pack: () => zstd(...Array.from({ length: gib / 131_072 }, () => ({ byte: 0, times: 131_072 }))),
      }),
      'more than',
    ],
    [
      'zstd whose window of 128 MiB is declared for a quarter of a million blocks of one byte',
      recordBatch(records, {
        codec: 4,
        pack: () =>
          zstdOf(
            0x88,
            Array.from({ length: 260_000 }, () => Buffer.from('x')),
          ),
      }),
      'too many blocks for their windows (260000 of 262144 bytes)',
    ],
    [
      'a hundred thousand empty frames of zstd, each with a window of 2 MiB',
      recordBatch(records, {
        codec: 4,
        pack: () => Buffer.concat(Array.from({ length: 100_000 }, () => zstd(Buffer.alloc(0)))),
      }),
      'too many blocks for their windows',
    ],
    [
      'zstd that says its one segment has two gigabytes',
      recordBatch(records, { codec: 4, pack: () => Buffer.from('28b52ffda0000000800100', 'hex') }),
      'a zstd frame is cut off',
    ],
    [
      'zstd that says its one segment has two gigabytes, with a block',
      recordBatch(records, { codec: 4, pack: () => Buffer.from('28b52ffda000000080010000', 'hex') }),
      'more than',
    ],
    [
      'zstd of which a block says that one byte is copied thousands of millions of times',
      recordBatch(records, { codec: 4, pack: () => copying(3) }),
      'unpacking it takes more than',
    ],
  ])('%s', async (_what, bad, reason) => {
    const [unreadable, behind] = await read(Buffer.concat([bad, good]));
    expect(unreadable).toMatchObject({ first: 0, last: 49 });
    expect(reasonOf(unreadable)).toContain(reason);
    expect(reasonOf(unreadable)).not.toBe('it was read');
    expect(recordsOf(behind)).toHaveLength(1);
  });

  test('a byte that fell over on the disk: the checksum tells', async () => {
    const bad = recordBatch(records);
    bad[200] = (bad[200] ?? 0) ^ 1;
    const [unreadable, behind] = await read(Buffer.concat([bad, good]));
    expect(reasonOf(unreadable)).toContain('CRC-32C');
    expect(recordsOf(behind)).toHaveLength(1);
  });

  test.each([
    ['gzip', 1, undefined],
    ['lz4', 3, (b: Buffer) => compressFrameSync(b)],
  ])(
    '%s of a kilobyte that holds sixty-four megabytes: no more than half of it is ever unpacked',
    async (_name, codec, pack) => {
      const bomb = recordBatch([{ value: Buffer.alloc(64 * 1024 * 1024) }], { codec, ...(pack ? { pack } : {}) });
      expect(bomb.length).toBeLessThan(300_000);
      expect(reasonOf((await read(bomb))[0])).not.toBe('it was read');
    },
  );
});

test('what is unpacked at a time has a bound; the rest is fetched again', async () => {
  const batch = recordBatch([{ value: Buffer.alloc(1_000_000) }], { codec: 1 });
  expect(await read(Buffer.concat(Array.from({ length: 20 }, () => batch)), { bytes: 3_000_000 })).toHaveLength(3);
  const small = recordBatch(Array.from({ length: 100 }, () => ({ value: 'x' })));
  expect(await read(Buffer.concat(Array.from({ length: 20 }, () => small)), { records: 250 })).toHaveLength(3);
});

test('a record with a hundred thousand headers is read at once, with the first of them', async () => {
  const headers = Array.from({ length: 100_000 }, (_, i) => [`h${i}`, 'x'] as const);
  const [record] = recordsOf((await read(recordBatch([{ headers }])))[0]);
  expect(record?.headers).toHaveLength(200);
  expect(record?.headersLeftOut).toBe(99_800);
});

describe('a batch of very many records', () => {
  const tiny = (count: number) => recordBatch(Array.from({ length: count }, () => ({})));

  test('is one place, refused before it is unpacked, where it holds more than fifty thousand', async () => {
    const notUnpacked = recordBatch(
      Array.from({ length: 50_001 }, () => ({})),
      {
        codec: 1,
        pack: () => Buffer.from('no gzip at all'),
      },
    );
    const [batch, behind] = await read(Buffer.concat([notUnpacked, recordBatch([{}], { firstOffset: 50_001 })]));
    expect(batch).toMatchObject({ first: 0, last: 50_000 });
    expect(reasonOf(batch)).toBe('it holds 50001 records, at most 50000 are read');
    expect(recordsOf(behind)).toHaveLength(1);
  });

  test('keeps nothing else waiting while it is read: others have their turn every thousand records', async () => {
    let [turns, over] = [0, false];
    const turn = () => {
      turns++;
      if (!over) setImmediate(turn);
    };
    setImmediate(turn);
    const [batch] = await read(tiny(50_000));
    over = true;
    expect(batch && 'records' in batch && batch.records).toHaveLength(50_000);
    expect(turns).toBeGreaterThanOrEqual(50_000 / BREATH_RECORDS);
  });
});
