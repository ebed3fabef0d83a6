import type { IncomingMessage } from '../events/cloudevents.js';

/** Which log messages are of: the topic's id, and a number that is another one after every break of the connection. */
export interface Log {
  readonly topic: string;
  readonly connection: number;
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
