import { isAway } from '../faults/away.js';
import type { Batch } from '../kafka/batch.js';
import type { Logger } from '../observability/logger.js';

/**
 * Takes a batch of one partition; the offset to go on from. Tries for ever, with growing waits, while the database is away.
 * @param onFailure after each failure: what was known of the partition may no longer hold
 * @throws what trying again cannot help
 */
export async function untilTaken(
  batch: Batch,
  take: () => Promise<number>,
  logger: Logger,
  onFailure: () => void = () => undefined,
): Promise<number> {
  for (let wait = 100; ; wait = Math.min(wait * 2, 3000)) {
    try {
      return await take();
    } catch (error) {
      onFailure();
      batch.giveWay?.();
      if (batch.stale()) return batch.messages[0]?.offset ?? 0;
      if (!isAway(error)) throw error;
      const partition = `${batch.topic}/${batch.partition}`;
      logger.warn({ err: error, partition }, 'the batch could not be taken now; it is tried again');
      await new Promise((resolve) => setTimeout(resolve, wait));
      await batch.heartbeat();
    }
  }
}
