import { crc32c } from '@platformatic/kafka';
import type { Breath } from '../breath.js';
import { unpack } from './codecs.js';
import { readOldMessages } from './old-messages.js';
import { ByteReader } from './reader.js';
import type { Amount, PackedRecord, RawHeader, RawRecord, RecordBatch, UnreadableBatch } from './record.js';

/** Most bytes of one batch, unpacked: eight times what a topic takes packed. */
export const MOST_BATCH_BYTES = 32 * 1024 * 1024;
/**
 * Most records of one batch, looked at before it is unpacked: clients put 10 000 into one at the most unless they are told
 * otherwise, and as many events of ordinary size (700 bytes) fill the bytes that it may have.
 */
export const MOST_BATCH_RECORDS = 50_000;
/** Of the formats of before, which are taken out at once. */
const MOST_OLD_RECORDS = 100_000;
/** Headers of a record that are read; who needs more has lost its way. */
const MOST_HEADERS = 200;

/** Records that are looked at between two looks whether others have their turn. */
const LOOK = 100;
/** So many bytes that are unpacked take as long as a record. */
const BYTES_AS_A_RECORD = 1024;

/** Bytes before the part that a length counts: the first offset and the length. */
const BEFORE = 12;
const HEADER_BYTES = 61;
const MAGIC_AT = 16;

/**
 * Reads what a broker gave of one partition: batch after batch, each as it is or why it cannot be read, until `enough` of
 * it is unpacked (what is behind is fetched again). Never throws.
 * @param breath what else waits in this process is served within a batch, too
 */
export async function readRecordSet(
  set: Buffer,
  breath: Breath,
  enough: Partial<Amount> = {},
): Promise<(RecordBatch | UnreadableBatch)[]> {
  const { bytes: mostBytes = Number.POSITIVE_INFINITY, records: mostRecords = Number.POSITIVE_INFINITY } = enough;
  const batches: (RecordBatch | UnreadableBatch)[] = [];
  let [unpacked, count] = [0, 0];
  for (let at = 0; at + BEFORE <= set.length && unpacked < mostBytes && count < mostRecords; ) {
    const end = at + BEFORE + set.readInt32BE(at + 8);
    // The last one may be cut off: it comes whole with the next fetch.
    if (end > set.length) break;
    const bytes = set.subarray(at, Math.max(end, at + BEFORE));
    const first = Number(set.readBigInt64BE(at));
    try {
      const batch = await readBatch(bytes, first, breath);
      batches.push(batch);
      unpacked += batch.size;
      count += batch.records.length;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      batches.push({ first, last: lastOf(set, at, end, first), reason, bytes });
    }
    if (end <= at + BEFORE) break;
    at = end;
  }
  return batches;
}

/** Where a batch ends that cannot be trusted: before the next one, else where it says itself. */
function lastOf(set: Buffer, at: number, end: number, first: number): number {
  if (end > at && end + 8 <= set.length) return Math.max(first, Number(set.readBigInt64BE(end)) - 1);
  const delta = set.length >= at + 27 ? set.readInt32BE(at + 23) : 0;
  return first + Math.max(0, delta);
}

async function readBatch(bytes: Buffer, first: number, breath: Breath): Promise<RecordBatch> {
  const magic = bytes.length > MAGIC_AT ? bytes.readInt8(MAGIC_AT) : -1;
  if (magic === 0 || magic === 1) return readOldMessages(bytes, { bytes: MOST_BATCH_BYTES, records: MOST_OLD_RECORDS });
  if (magic !== 2) throw new Error(`its format is number ${magic}; 0, 1 and 2 are known`);
  if (bytes.length < HEADER_BYTES) throw new Error('its header is cut off');
  if (crc32c(bytes.subarray(21)) !== bytes.readUInt32BE(17))
    throw new Error('its checksum (CRC-32C) does not agree with its bytes');
  const attributes = bytes.readInt16BE(21);
  const count = bytes.readInt32BE(57);
  if (count < 0 || count > MOST_BATCH_RECORDS)
    throw new Error(`it holds ${count} records, at most ${MOST_BATCH_RECORDS} are read`);
  const unpacked = unpack(attributes & 7, bytes.subarray(HEADER_BYTES), MOST_BATCH_BYTES);
  await breath.after(unpacked.length / BYTES_AS_A_RECORD);
  const reader = new ByteReader(unpacked);
  const base = { offset: first, timestamp: Number(bytes.readBigInt64BE(27)) };
  const records: PackedRecord[] = [];
  for (let i = 0; i < count; i++) {
    if (i % LOOK === LOOK - 1) await breath.after(LOOK);
    const size = reader.varint();
    if (size === -1) throw new Error('a record has no length');
    const at = reader.skip(size);
    // Looked at to its end, so that a damaged batch is known as a whole; nothing of it is kept but where it is.
    records.push(new Packed(unpacked, at, size, offsetOf(new ByteReader(unpacked, at, at + size), base), base));
  }
  return {
    last: first + bytes.readInt32BE(23),
    producerId: bytes.readBigInt64BE(43).toString(),
    transactional: (attributes & 0x10) > 0,
    control: (attributes & 0x20) > 0,
    size: unpacked.length,
    records,
  };
}

interface Base {
  readonly offset: number;
  readonly timestamp: number;
}

class Packed implements PackedRecord {
  constructor(
    private readonly unpacked: Buffer,
    private readonly at: number,
    readonly size: number,
    readonly offset: number,
    private readonly base: Base,
  ) {}

  read(): RawRecord {
    return readRecord(new ByteReader(this.unpacked, this.at, this.at + this.size), this.base);
  }
}

/** Goes the way of `readRecord`, and takes nothing out. @throws where that would */
function offsetOf(reader: ByteReader, base: Base): number {
  reader.int8();
  reader.varlong();
  const offset = base.offset + reader.varint();
  reader.skipVarBytes();
  reader.skipVarBytes();
  const count = Math.min(reader.varint(), MOST_HEADERS);
  for (let i = 0; i < count; i++) {
    if (!reader.skipVarBytes()) throw new Error(NO_NAME);
    reader.skipVarBytes();
  }
  return offset;
}

const NO_NAME = 'a header has no name';

function readRecord(reader: ByteReader, base: Base): RawRecord {
  reader.int8();
  const timestamp = base.timestamp + reader.varlong();
  const offset = base.offset + reader.varint();
  const key = reader.varBytes();
  const value = reader.varBytes();
  const count = reader.varint();
  const headers: RawHeader[] = [];
  for (let i = 0; i < Math.min(count, MOST_HEADERS); i++) {
    const name = reader.varBytes();
    if (!name) throw new Error(NO_NAME);
    headers.push([name, reader.varBytes()]);
  }
  return { offset, timestamp, key, value, headers, headersLeftOut: Math.max(0, count - MOST_HEADERS) };
}
