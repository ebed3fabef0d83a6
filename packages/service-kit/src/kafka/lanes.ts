import { groupBy } from '../collections/group-by.js';
import type { OutgoingMessage } from '../events/cloudevents.js';
import { type LaneBatch, partitionOf } from './appender.js';
import { MOST_BATCH_BYTES, sizeOf } from './size.js';

/** Messages that go together or not at all: of one entry, or one that was set aside. */
export interface Portion {
  readonly messages: readonly OutgoingMessage[];
  /** Of its partition so many messages at most go with it. */
  readonly most?: number;
}

const MOST_MESSAGES = 2000;
const MOST_BYTES = 4_000_000;

export const laneOf = (topic: string, partition: number): string => `${topic}/${partition}`;

/**
 * The first of these portions that fit into one batch a partition: counted in bytes, before they are added. The first one
 * always fits. `apart`: one that does not fit lets those of other partitions pass, never one of its own.
 */
export function fitting<T extends Portion>(
  portions: readonly T[],
  partitions: ReadonlyMap<string, number>,
  { apart = false } = {},
): T[] {
  const taken: T[] = [];
  const lanes = new Map<string, { bytes: number; count: number; most: number }>();
  const closed = new Set<string>();
  let [messages, bytes] = [0, 0];
  for (const portion of portions) {
    const adds = new Map<string, { bytes: number; count: number }>();
    for (const message of portion.messages) {
      const lane = laneOfMessage(message, partitions);
      const add = adds.get(lane) ?? { bytes: 0, count: 0 };
      adds.set(lane, { bytes: add.bytes + sizeOf(message), count: add.count + 1 });
    }
    const fits = [...adds].every(([lane, add]) => {
      const there = lanes.get(lane);
      if (!there) return !closed.has(lane);
      const most = Math.min(there.most, portion.most ?? Number.POSITIVE_INFINITY);
      return !closed.has(lane) && there.bytes + add.bytes <= MOST_BATCH_BYTES && there.count + add.count <= most;
    });
    if (!fits && !apart) return taken;
    if (!fits) {
      for (const lane of adds.keys()) closed.add(lane);
      continue;
    }
    for (const [lane, add] of adds) {
      const there = lanes.get(lane) ?? { bytes: 0, count: 0, most: Number.POSITIVE_INFINITY };
      lanes.set(lane, {
        bytes: there.bytes + add.bytes,
        count: there.count + add.count,
        most: Math.min(there.most, portion.most ?? Number.POSITIVE_INFINITY),
      });
      messages += add.count;
      bytes += add.bytes;
    }
    taken.push(portion);
    if (messages >= MOST_MESSAGES || bytes >= MOST_BYTES) return taken;
  }
  return taken;
}

/** One batch a partition, in the order of the messages. @param firstOf number of its first message */
export function inLanes(
  messages: readonly OutgoingMessage[],
  partitions: ReadonlyMap<string, number>,
  firstOf: (lane: string) => number,
): LaneBatch[] {
  return [...groupBy(messages, (message) => laneOfMessage(message, partitions))].map(([lane, theirs]) => {
    const slash = lane.lastIndexOf('/');
    const [topic, partition] = [lane.slice(0, slash), Number(lane.slice(slash + 1))];
    return { topic, partition, first: firstOf(lane), messages: theirs };
  });
}

function laneOfMessage({ topic, key }: OutgoingMessage, partitions: ReadonlyMap<string, number>): string {
  return laneOf(topic, partitionOf(key, partitions.get(topic) ?? 1));
}
