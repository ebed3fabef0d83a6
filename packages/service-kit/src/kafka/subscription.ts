import type { Batch } from './batch.js';

export interface Subscription {
  readonly groupId: string;
  /** Names, or patterns with `*`: topics of a pattern that come later are read from within some seconds. */
  readonly topics: readonly string[];
  /**
   * Takes a batch of one partition, in order, and says the offset to go on from. It is called again with the same
   * messages until it resolves. Returning an offset other than the one after the batch moves the reader there.
   */
  readonly onBatch: (batch: Batch) => Promise<number>;
  /** Where one partition must keep no other waiting: slices of them are taken in turn, some at the same time. */
  readonly inTurn?: { readonly slice: number; readonly atOnce: number };
  /** Bytes of a record at the most: of a larger one is said that it is too large; 5 MiB where nothing is said. */
  readonly mostBytes?: number;
  /** Where each `topic/partition` stands by the database, which is the truth; from 0 where it knows nothing. */
  readonly positions: () => Promise<ReadonlyMap<string, number>>;
  /** How long (ms) an answer of Kafka is waited for before the consumer is made anew; 20 s where nothing is said. */
  readonly patienceMs?: number;
  /** Told each time that the consumer had to be made anew, and by which error. */
  readonly onRenewed?: (why: 'crashed' | 'hung', error: unknown) => void;
}

export interface Subscriber {
  /** Moves a partition's reader. */
  seek(topic: string, partition: number, offset: number): void;
  assigned(): ReadonlyMap<string, readonly number[]>;
  running(): boolean;
  /** For how long (ms) Kafka has not answered; undefined while it answers. */
  silentMs(): number | undefined;
  /** Topics that are to be read and are not there. */
  missing(): readonly string[];
  /** Partitions (`topic/partition`) that are not read on, and why; the others are. */
  stopped(): ReadonlyMap<string, string>;
  close(): Promise<void>;
}
