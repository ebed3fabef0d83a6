import type { OutgoingMessage } from '../events/cloudevents.js';
import { type LaneBatch, type ProducerId, partitionOf } from '../kafka/appender.js';
import { inLanes, laneOf } from '../kafka/lanes.js';
import { type AsideMessage, BEHIND, orderOf, type SetAside, type WhyAside } from './aside.js';
import type { KeptMessage } from './outbox.js';
import type { Settled } from './sending.js';
import type { OnItsWay } from './way.js';

/** What is decided before and after a batch is sent: without any io. */

/** What a batch is made of: entries of the outbox, or what was set aside. */
export interface Source {
  readonly entries?: readonly string[];
  readonly aside?: readonly string[];
}

/** The batches of these messages, and what is written down of them. @param firstOf the number of a partition's first one */
export function numbered(
  producer: ProducerId,
  messages: readonly OutgoingMessage[],
  partitions: ReadonlyMap<string, number>,
  { entries = [], aside = [] }: Source,
  firstOf: (lane: string) => number,
): { written: OnItsWay; lanes: LaneBatch[] } {
  const lanes = inLanes(messages, partitions, firstOf);
  const written: OnItsWay = {
    producer,
    entries,
    aside,
    partitions: [...new Set(lanes.map((l) => l.topic))].map((topic) => [topic, partitions.get(topic) ?? 1]),
    lanes: lanes.map(writtenLane),
  };
  return { written, lanes };
}

/** The batches that were written down, made of their messages again. */
export function lanesAgain(written: OnItsWay, messages: readonly OutgoingMessage[]): LaneBatch[] {
  const firsts = new Map(written.lanes.map(({ topic, partition, first }) => [laneOf(topic, partition), first]));
  const lanes = inLanes(messages, new Map(written.partitions), (lane) => firsts.get(lane) ?? -1);
  const same =
    lanes.length === written.lanes.length &&
    written.lanes.every(({ topic, partition, count }) =>
      lanes.some((l) => l.topic === topic && l.partition === partition && l.messages.length === count),
    );
  if (!same) throw new Error('what was written down to be sent is not what the outbox holds');
  return lanes;
}

export const lanesOf = ({ lanes }: OnItsWay): string[] => lanes.map((l) => laneOf(l.topic, l.partition));

/** What comes of what was sent. */
export interface Outcome {
  /** Messages that are there. */
  readonly published: number;
  /** Why the messages of these orders are not there, or may not be. */
  readonly aside: ReadonlyMap<string, SetAside>;
  /** Where nothing is written now, and why. */
  readonly closedTopics: ReadonlyMap<string, string>;
  readonly closedLanes: ReadonlyMap<string, string>;
  readonly doubted: readonly LaneBatch[];
}

export function outcomeOf(lanes: readonly LaneBatch[], settled: readonly Settled[]): Outcome {
  let published = 0;
  const aside = new Map<string, SetAside>();
  const [closedTopics, closedLanes] = [new Map<string, string>(), new Map<string, string>()];
  const doubted: LaneBatch[] = [];
  for (const [i, lane] of lanes.entries()) {
    const outcome = settled[i] ?? { kind: 'doubt', reason: 'it was not answered' };
    if (outcome.kind === 'appended') {
      published += lane.messages.length;
      continue;
    }
    const name = laneOf(lane.topic, lane.partition);
    const set = asideBy(outcome, lane, name);
    for (const message of lane.messages) aside.set(orderOf(message), set);
    if (outcome.kind === 'doubt') doubted.push(lane);
    if (set.lane !== undefined) closedLanes.set(name, outcome.reason);
    if (outcome.kind === 'refused' && outcome.of === 'topic') closedTopics.set(lane.topic, outcome.reason);
  }
  return { published, aside, closedTopics, closedLanes, doubted };
}

function asideBy(outcome: Exclude<Settled, { kind: 'appended' }>, lane: LaneBatch, name: string): SetAside {
  const { reason } = outcome;
  if (outcome.kind === 'doubt') return { reason, lane: name, doubt: true };
  if (outcome.kind === 'gap') return { reason };
  if (outcome.of === 'messages') return { reason, oneOf: lane.messages.length };
  return outcome.of === 'partition' ? { reason, lane: name } : { reason };
}

/** What stays written down of batches that may be there, each of its partition alone. */
export function doubtsOf(
  written: OnItsWay,
  doubted: readonly LaneBatch[],
  aside: readonly AsideMessage[],
  newId: () => string,
): OnItsWay[] {
  return doubted.map((lane) => {
    const orders = new Set(lane.messages.map(orderOf));
    return {
      id: newId(),
      producer: written.producer,
      entries: [],
      aside: aside.filter((a) => orders.has(a.order)).map((a) => a._id),
      partitions: written.partitions.filter(([topic]) => topic === lane.topic),
      lanes: [writtenLane(lane)],
    };
  });
}

const writtenLane = ({ topic, partition, first, messages }: LaneBatch) => ({
  topic,
  partition,
  first,
  count: messages.length,
});

/** Which of these messages are to be set aside before they are sent; undefined where none is. */
export function whyAside(messages: readonly KeptMessage[], { known, behind, closed }: Places): WhyAside | undefined {
  const why: WhyAside = (message) => {
    const { topic } = message;
    if (behind.has(orderOf(message))) return { reason: BEHIND, behind: true };
    const count = known.get(topic);
    if (typeof count !== 'number') return { reason: count ?? `nothing is known of ${topic}` };
    const ofTopic = closed(topic);
    if (ofTopic !== undefined) return { reason: ofTopic };
    const lane = laneOf(topic, partitionOf(message.key, count));
    const reason = closed(lane);
    return reason === undefined ? undefined : { reason, lane };
  };
  return messages.some(why) ? why : undefined;
}

interface Places {
  /** How many partitions each topic has, or why nothing is written to it. */
  readonly known: ReadonlyMap<string, number | string>;
  /** Orders of which something is set aside. */
  readonly behind: ReadonlyMap<string, unknown>;
  /** Why a topic or partition takes nothing now. */
  closed(name: string): string | undefined;
}
