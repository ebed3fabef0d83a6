import type { IncomingMessage } from '../events/cloudevents.js';

/** Which log messages are of. */
export interface Log {
  /** The topic's id; empty where the brokers say none. */
  readonly topic: string;
  /** Another number after every break of the connection, and whenever partitions were assigned. */
  readonly connection: number;
  /** How often brokers refused to read of the topic until now. */
  readonly refusals: number;
  /** The offset behind its last message. */
  readonly end: number;
}

/** Messages of one partition, in their order, with what their reader is told while it takes them. */
export interface Batch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly IncomingMessage[];
  readonly log: Log;
  /** True once the partition was taken away: stop early, another reader goes on. */
  stale(): boolean;
  heartbeat(): Promise<void>;
  /** What waits for something else says so, where partitions are taken in turn: another takes its turn. */
  giveWay?(): void;
}
