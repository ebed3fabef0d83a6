import type { RawBytes } from './bytes.js';

/** A record as it stands in its topic: bytes, that nobody has looked at. */
export interface RawRecord {
  readonly offset: number;
  readonly timestamp: number;
  readonly key: RawBytes | null;
  readonly value: RawBytes | null;
  readonly headers: readonly RawHeader[];
  /** Headers that were left out, beyond as many as are read. */
  readonly headersLeftOut: number;
}

/** A record that is taken out of its batch when it is looked at: as long as it waits it costs no more than its place there. */
export interface PackedRecord {
  readonly offset: number;
  /** Bytes of it in its batch. */
  readonly size: number;
  read(): RawRecord;
}

export type RawHeader = readonly [name: RawBytes, value: RawBytes | null];

/** A batch as the broker gave it. */
export interface RecordBatch {
  /** Offset of the last record; there may be none in it any more. */
  readonly last: number;
  readonly producerId: string;
  readonly transactional: boolean;
  /** Says how a transaction ended; holds nothing for readers. */
  readonly control: boolean;
  /** Bytes, unpacked. */
  readonly size: number;
  readonly records: readonly PackedRecord[];
}

/** A batch that cannot be read: its bytes are damaged, or hold more than anybody unpacks. */
export interface UnreadableBatch {
  readonly first: number;
  readonly last: number;
  readonly reason: string;
  readonly bytes: Buffer;
}

/** How much is unpacked at a time. */
export interface Amount {
  readonly bytes: number;
  readonly records: number;
}
