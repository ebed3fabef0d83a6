import { createRequire } from 'node:module';
import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';

const crc32c = createRequire(import.meta.url)('kafkajs/src/protocol/recordBatch/crc32C') as (bytes: Buffer) => number;

export type Bytes = Buffer | string | null;

/** A record to be written as it is, right or wrong. */
export interface RecordToWrite {
  readonly key?: Bytes;
  readonly value?: Bytes;
  readonly headers?: readonly (readonly [name: Buffer | string, value: Bytes])[];
  readonly timestampDelta?: number;
}

export interface BatchToWrite {
  readonly firstOffset?: number;
  /** Number of the codec; with `packed` for how. */
  readonly codec?: number;
  readonly pack?: (records: Buffer) => Buffer;
  readonly timestamp?: bigint;
  /** Beside the codec: 0x10 in a transaction, 0x20 its end. */
  readonly flags?: number;
  /** Records that are announced, where it is a lie. */
  readonly count?: number;
}

/** A batch of Kafka's format 2, written by hand so that anything can be wrong in it. */
export function recordBatch(records: readonly RecordToWrite[], how: BatchToWrite = {}): Buffer {
  const plain = Buffer.concat(records.map(recordOf));
  const pack = how.pack ?? (how.codec === 1 ? gzipSync : (bytes: Buffer) => bytes);
  const timestamp = how.timestamp ?? BigInt(Date.now());
  const body = Buffer.concat([
    int16((how.codec ?? 0) | (how.flags ?? 0)),
    int32(records.length - 1),
    int64(timestamp),
    int64(timestamp),
    int64(-1n),
    int16(-1),
    int32(-1),
    int32(how.count ?? records.length),
    pack(plain),
  ]);
  const checked = Buffer.concat([int32(0), Buffer.from([2]), uint32(crc32c(body)), body]);
  return Buffer.concat([int64(BigInt(how.firstOffset ?? 0)), int32(checked.length), checked]);
}

function recordOf(
  { key = null, value = null, headers = [], timestampDelta = 0 }: RecordToWrite,
  index: number,
): Buffer {
  const body = Buffer.concat([
    Buffer.from([0]),
    varint(timestampDelta),
    varint(index),
    varBytes(key),
    varBytes(value),
    varint(headers.length),
    ...headers.flatMap(([name, said]) => [varBytes(name), varBytes(said)]),
  ]);
  return Buffer.concat([varint(body.length), body]);
}

function varBytes(bytes: Bytes): Buffer {
  if (bytes === null) return varint(-1);
  const buffer = Buffer.from(bytes as string);
  return Buffer.concat([varint(buffer.length), buffer]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  for (; left >= 0x80n; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(left)]);
}

/** Writes a batch to a topic by a request of our own: no client would send what is wrong in it. 0, or the broker's error code. */
export async function produceRaw(broker: string, topic: string, partition: number, batch: Buffer): Promise<number> {
  const body = Buffer.concat([
    int16(-1), // no transaction
    int16(-1), // acks: all
    int32(10_000),
    int32(1),
    string(topic),
    int32(1),
    int32(partition),
    int32(batch.length),
    batch,
  ]);
  const request = Buffer.concat([int16(0), int16(7), int32(1), string('test'), body]);
  const [host = '', port = ''] = broker.split(':');
  const socket = createConnection({ host, port: Number(port) });
  try {
    socket.write(Buffer.concat([int32(request.length), request]));
    let answer = Buffer.alloc(0);
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length >= 4 && answer.length >= 4 + answer.readInt32BE(0)) break;
    }
    // Length, correlation, topics, name, partitions, partition, error.
    return answer.readInt16BE(4 + 4 + 4 + 2 + Buffer.byteLength(topic) + 4 + 4);
  } finally {
    socket.destroy();
  }
}

function string(text: string): Buffer {
  return Buffer.concat([int16(Buffer.byteLength(text)), Buffer.from(text)]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
