import type { IncomingMessage } from '../events/cloudevents.js';

/** Messages of one partition, in their order, with what their reader is told while it takes them. */
export interface Batch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly IncomingMessage[];
  /** True once the partition was taken away: stop early, another reader goes on. */
  stale(): boolean;
  heartbeat(): Promise<void>;
  /** What waits for something else says so, where partitions are taken in turn: another takes its turn. */
  giveWay?(): void;
}
