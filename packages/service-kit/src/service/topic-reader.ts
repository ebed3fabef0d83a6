import type { Replayer } from '../dead-letters/dead-letters.js';
import type { Batch } from '../kafka/batch.js';
import type { Subscription } from '../kafka/subscription.js';

/**
 * Reads topics that are no service's, beside the inbox and as the inbox does: places are written with the effects, and what
 * cannot be taken is parked.
 */
export interface TopicReader extends Replayer, Pick<Subscription, 'topics' | 'inTurn' | 'mostBytes'> {
  /** By which health and its consumer group name it. */
  readonly name: string;
  /** Takes a batch of one partition; the offset to go on from. */
  onBatch(batch: Batch): Promise<number>;
  /** How far each `topic/partition` is known to be read. */
  known(): ReadonlyMap<string, number>;
  /** The place of a `topic/partition` is read from the database again. */
  forget(key: string): void;
  /** Writes the places that are only known here. */
  store(): Promise<void>;
}
