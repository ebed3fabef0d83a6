import type mongoose from 'mongoose';
import type { EventBus } from '../kafka/kafka.js';
import type { Logger } from '../observability/logger.js';
import { NOT_THE_SAME } from './log-identity.js';
import { allPositions, HELD, type PositionDocument, positionsOf } from './positions.js';

/** How long what was found is taken to hold (ms). */
const HOLDS_MS = 2000;

/** `topic/partition` in its parts. */
export function placeOfPartition(partition: string): { topic: string; number: number } {
  const slash = partition.lastIndexOf('/');
  return { topic: partition.slice(0, slash), number: Number(partition.slice(slash + 1)) };
}

/**
 * Compares the positions of a database with the topics, in the background: a topic that was made again and holds nothing
 * yet is no batch that a reader could refuse. Positions without an identity, of older releases, get that of what is there.
 */
export class LogWatch {
  #told = new Set<string>();
  #looked: { readonly at: number; readonly found: Promise<ReadonlyMap<string, string>> } | undefined;

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly bus: Pick<EventBus, 'existing' | 'topicId' | 'endOffsets'>,
    private readonly logger: Logger,
  ) {}

  /** Partitions whose log is not the one that was read, and what to do; looked at once for all that ask at about one time. */
  differing(): Promise<ReadonlyMap<string, string>> {
    if (!this.#looked || Date.now() - this.#looked.at > HOLDS_MS) {
      const looked = { at: Date.now(), found: this.#look() };
      this.#looked = looked;
      // A look that failed tells nobody anything who asks later.
      looked.found.catch(() => {
        if (this.#looked === looked) this.#looked = undefined;
      });
    }
    return this.#looked.found;
  }

  async #look(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const byTopic = new Map<string, PositionDocument[]>();
    // Positions before ends: a log only grows meanwhile.
    for (const document of await allPositions(this.connection)) {
      if (document.next === HELD) continue;
      const { topic } = placeOfPartition(document._id);
      byTopic.set(topic, [...(byTopic.get(topic) ?? []), document]);
    }
    for (const topic of await this.bus.existing([...byTopic.keys()])) {
      const id = await this.bus.topicId(topic);
      const ends = await this.bus.endOffsets(topic);
      for (const document of byTopic.get(topic) ?? []) {
        const { _id, next } = document;
        const end = ends.get(placeOfPartition(_id).number) ?? 0;
        if (document.topic !== undefined && id !== '' && document.topic !== id)
          found.set(_id, NOT_THE_SAME.remade(_id, next));
        else if (end < next) found.set(_id, NOT_THE_SAME.shorter(_id, next));
        else if (document.topic === undefined && id !== '') await this.#adopt(_id, id);
      }
    }
    for (const [partition, reason] of found)
      if (!this.#told.has(reason)) this.logger.error({ partition, reason }, 'a partition is stopped');
    this.#told = new Set(found.values());
    return found;
  }

  async #adopt(_id: string, topic: string): Promise<void> {
    await positionsOf(this.connection).updateOne({ _id, topic: { $exists: false } }, { $set: { topic } });
  }
}

/** Where the reading of a partition goes on, by decision of operations. */
export type From = 'beginning' | 'here';

/**
 * Goes on with the log that there is now: from its beginning (what was taken before is known by the log of what was taken),
 * or where it stands, at the end of the log where that is shorter. False where the partition was never read.
 */
export async function resume(
  connection: mongoose.Connection,
  bus: Pick<EventBus, 'topicId' | 'endOffsets'>,
  partition: string,
  from: From,
): Promise<boolean> {
  const positions = positionsOf(connection);
  if (from === 'beginning')
    return (await positions.deleteOne({ _id: partition, next: { $ne: HELD } })).deletedCount === 1;
  const { topic, number } = placeOfPartition(partition);
  const [id, ends] = [await bus.topicId(topic), await bus.endOffsets(topic)];
  const before = await positions.findOne({ _id: partition });
  if (!before || before.next === HELD) return false;
  const next = Math.min(before.next, ends.get(number) ?? 0);
  if (next === 0) return (await positions.deleteOne({ _id: partition, next: before.next })).deletedCount === 1;
  const { matchedCount } = await positions.updateOne(
    { _id: partition, next: before.next },
    { $set: { next, topic: id, ...(before.as ? { 'as.at': next } : {}) }, $unset: { last: '', learnt: '' } },
  );
  return matchedCount === 1;
}
