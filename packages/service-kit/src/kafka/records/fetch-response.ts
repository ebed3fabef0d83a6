import { createRequire } from 'node:module';
import type { KafkaMessage } from 'kafkajs';
import { Breath } from '../breath.js';
import { openTransactions } from './open-transactions.js';
import type { PackedRecord, RawRecord, RecordBatch, UnreadableBatch } from './record.js';
import { readRecordSet } from './record-set.js';

/** A record on its way through kafkajs, which looks at its offset, its transaction, and nothing else. */
export type FetchedMessage = KafkaMessage & {
  /** What it is: a record, or a batch that cannot be read, standing at its last offset. */
  readonly found: { readonly record: RawRecord } | { readonly unreadable: UnreadableBatch };
  /** Bytes that it takes. */
  readonly bytes: number;
};

/** The parts of kafkajs 2.2.4 that are used here, and that it does not export. */
interface Decoder {
  readInt8(): number;
  readInt16(): number;
  readInt32(): number;
  readInt64(): bigint;
  readString(): string;
  readArray<T>(read: (decoder: Decoder) => T): T[];
  readBytes(): Buffer | null;
}

const internal = createRequire(import.meta.url);
const DecoderOf = internal('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Decoder;
/** Version 11, which every broker since Kafka 2.3 speaks. */
const response = internal('kafkajs/src/protocol/requests/fetch/v11/response') as {
  decode(bytes: Buffer): Promise<object>;
};

/**
 * kafkajs decodes what it fetched whole: one batch that it cannot read is the end of the consumer, of all its partitions,
 * again and again. Its own decoding of records is replaced by ours, which tells of each batch what it is.
 */
export function readRecordsOurselves(): void {
  response.decode = decodeFetchResponse;
}

/** What is unpacked of one partition, and of one answer, after which nothing more is read of it for now. */
const ENOUGH_OF_PARTITION = { bytes: 8 * 1024 * 1024, records: 50_000 };
const ENOUGH = { bytes: 64 * 1024 * 1024, records: 100_000 };

interface Partition {
  readonly partition: number;
  readonly errorCode: number;
  readonly highWatermark: string;
  readonly lastStableOffset: string;
  readonly records: Buffer;
  messages: object[];
}

/** Of all who read in this process. */
const breath = new Breath();
let turn = 0;
const refusals = new Map<string, number>();

/** How often brokers refused to read of a topic: it was gone, or does not reach so far. What is read then may be another log. */
export const refusalsOf = (topic: string): number => refusals.get(topic) ?? 0;

async function decodeFetchResponse(bytes: Buffer): Promise<object> {
  const decoder = new DecoderOf(bytes);
  const clientSideThrottleTime = decoder.readInt32();
  const errorCode = decoder.readInt16();
  const sessionId = decoder.readInt32();
  const responses = decoder.readArray((d) => ({ topicName: d.readString(), partitions: d.readArray(partitionOf) }));
  for (const { topicName, partitions } of responses)
    if (partitions.some((one) => one.errorCode !== 0)) refusals.set(topicName, refusalsOf(topicName) + 1);
  const now = performance.now();
  for (const { topicName, partitions } of responses)
    for (const { partition, errorCode, lastStableOffset, highWatermark } of partitions)
      if (errorCode === 0)
        openTransactions.note(
          topicName,
          partition,
          { stable: Number(lastStableOffset), end: Number(highWatermark) },
          now,
        );
  // Each time another one is first: one that is full of packed batches does not keep the others waiting.
  const partitions = responses.flatMap((r) => r.partitions).filter(({ records }) => records.length > 0);
  const first = turn++ % Math.max(1, partitions.length);
  const left = { ...ENOUGH };
  for (const partition of [...partitions.slice(first), ...partitions.slice(0, first)]) {
    if (left.bytes <= 0 || left.records <= 0) break;
    const batches = await readRecordSet(partition.records, breath, {
      bytes: Math.min(ENOUGH_OF_PARTITION.bytes, left.bytes),
      records: Math.min(ENOUGH_OF_PARTITION.records, left.records),
    });
    for (const batch of batches) {
      // One by one: as arguments of one call the records of a batch would not fit on the stack.
      for (const message of messagesOf(batch)) partition.messages.push(message);
      if (!('records' in batch)) continue;
      left.bytes -= batch.size;
      left.records -= batch.records.length;
    }
  }
  // As kafkajs does: the broker has throttled already (KIP-219).
  return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses };
}

function partitionOf(decoder: Decoder): Partition {
  const [partition, errorCode] = [decoder.readInt32(), decoder.readInt16()];
  return {
    partition,
    errorCode,
    highWatermark: decoder.readInt64().toString(),
    lastStableOffset: decoder.readInt64().toString(),
    lastStartOffset: decoder.readInt64().toString(),
    abortedTransactions: decoder.readArray((d) => ({
      producerId: d.readInt64().toString(),
      firstOffset: d.readInt64().toString(),
    })),
    preferredReadReplica: decoder.readInt32(),
    records: decoder.readBytes() ?? Buffer.alloc(0),
    messages: [],
  } as Partition;
}

/** A batch as kafkajs takes it. One without records left is passed over like the end of a transaction. */
function messagesOf(batch: RecordBatch | UnreadableBatch): object[] {
  if ('reason' in batch) {
    const batchContext = { producerId: '-1', inTransaction: false };
    return [
      {
        ...EMPTY,
        offset: String(batch.last),
        isControlRecord: false,
        batchContext,
        found: { unreadable: batch },
        bytes: batch.bytes.length,
      },
    ];
  }
  const batchContext = { producerId: batch.producerId, inTransaction: batch.transactional };
  if (batch.records.length === 0)
    return [{ ...EMPTY, offset: String(batch.last), isControlRecord: true, batchContext }];
  const of = { batchContext, isControlRecord: batch.control };
  return batch.records.map((record) => new Fetched(record, of));
}

/** A record as kafkajs takes it, taken out of its batch only where somebody looks into it: hundreds of thousands may wait. */
class Fetched {
  constructor(
    private readonly record: PackedRecord,
    private readonly of: { readonly batchContext: object; readonly isControlRecord: boolean },
  ) {}

  get offset(): string {
    return String(this.record.offset);
  }
  get bytes(): number {
    return this.record.size;
  }
  get found() {
    return { record: this.record.read() };
  }
  get batchContext() {
    return this.of.batchContext;
  }
  get isControlRecord() {
    return this.of.isControlRecord;
  }

  // For other readers by kafkajs in this process.
  get timestamp() {
    return String(this.record.read().timestamp);
  }
  get key() {
    return this.record.read().key?.subarray() ?? null;
  }
  get value() {
    return this.record.read().value?.subarray() ?? null;
  }
  get headers() {
    return Object.fromEntries(
      this.record.read().headers.map(([name, value]) => [name.toString(), value?.subarray() ?? null]),
    );
  }
  get magicByte() {
    return 2;
  }
  get attributes() {
    return 0;
  }
}

const EMPTY = { magicByte: 2, attributes: 0, timestamp: '0', key: null, value: null, headers: {} };
