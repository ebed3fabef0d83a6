import { crc32 } from 'node:zlib';
import { unpack } from './codecs.js';
import { ByteReader } from './reader.js';
import type { Amount, PackedRecord, RawRecord, RecordBatch } from './record.js';

/** Bytes before the message itself: its offset and its length. */
const BEFORE = 12;

/** A message of the formats 0 and 1 (Kafka before 0.11), which an old log may still hold; packed, it holds others. */
export function readOldMessages(bytes: Buffer, most: Amount): RecordBatch {
  const outer = readOne(bytes);
  const records = (outer.codec === 0 ? [outer.record] : inner(outer, most)).map(asPacked);
  const size = records.reduce((sum, record) => sum + record.size, 0);
  return { last: outer.record.offset, producerId: '-1', transactional: false, control: false, size, records };
}

interface OldMessage {
  readonly magic: number;
  readonly codec: number;
  readonly record: RawRecord;
}

/** Of these formats there are few; they are taken out at once. */
function asPacked(record: RawRecord): PackedRecord {
  return { offset: record.offset, size: record.value?.length ?? 0, read: () => record };
}

function inner({ magic, codec, record }: OldMessage, most: Amount): RawRecord[] {
  const unpacked = unpack(codec, record.value?.subarray() ?? Buffer.alloc(0), most.bytes);
  const records: RawRecord[] = [];
  for (let at = 0; at + BEFORE <= unpacked.length; ) {
    const end = at + BEFORE + Math.max(0, unpacked.readInt32BE(at + 8));
    const one = readOne(unpacked.subarray(at, end));
    if (one.codec !== 0) throw new Error('a packed message holds a packed message');
    if (records.length === most.records) throw new Error(`it holds more than ${most.records} records`);
    records.push(one.record);
    at = end;
  }
  // In format 1 they are counted from 0, and the one around them has the offset of the last.
  const last = records.at(-1)?.offset ?? 0;
  return magic === 0 ? records : records.map((r) => ({ ...r, offset: record.offset - last + r.offset }));
}

function readOne(bytes: Buffer): OldMessage {
  const offset = Number(bytes.readBigInt64BE(0));
  const reader = new ByteReader(bytes, BEFORE);
  const sum = reader.int32() >>> 0;
  if (crc32(bytes.subarray(BEFORE + 4)) !== sum) throw new Error('its checksum (CRC-32) does not agree with its bytes');
  const magic = reader.int8();
  const codec = reader.int8() & 7;
  const timestamp = magic === 0 ? 0 : Number(reader.int64());
  const bytesOf = () => {
    const length = reader.int32();
    if (length === -1) return null;
    const from = reader.skip(length);
    return bytes.subarray(from, from + length);
  };
  const key = bytesOf();
  const value = bytesOf();
  return { magic, codec, record: { offset, timestamp, key, value, headers: [], headersLeftOut: 0 } };
}
