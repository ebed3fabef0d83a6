/** A record as it stands in its topic: bytes, that nobody has looked at. */
export interface RawRecord {
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RawHeader[];
  /** Headers that were left out, beyond as many as are read. */
  readonly headersLeftOut: number;
}

export type RawHeader = readonly [name: Buffer, value: Buffer | null];

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
  readonly records: readonly RawRecord[];
}

/** A batch that cannot be read: its bytes are damaged, or hold more than anybody unpacks. */
export interface UnreadableBatch {
  readonly first: number;
  readonly last: number;
  readonly reason: string;
  readonly bytes: Buffer;
}
