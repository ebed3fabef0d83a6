import type { OutgoingMessage } from '../events/cloudevents.js';
import { LATE, within } from '../time/within.js';
import type { Appender, LaneBatch, Outcome, ProducerId, SendingBy } from './appender.js';
import { NoBroker } from './brokers.js';
import { fitting, inLanes } from './lanes.js';
import { Once } from './once.js';

/**
 * Why a message is not on its topic. `refused`: the brokers do not take it as it is (its size, what it is), or nothing for its
 * topic; otherwise trying again helps. `maybe`: it may be there, or come there; the same message published again does not
 * double it.
 */
export interface NotPublished {
  readonly reason: string;
  readonly refused?: 'size' | 'message' | 'topic';
  readonly maybe?: true;
}

export interface Publisher {
  /** Resolves when the brokers hold every message (acks = all); messages of one key keep their order. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  /** The same, where one message that is refused takes no other with it: of each why it is not held, if it is not. */
  publishEach(messages: readonly OutgoingMessage[], withinMs?: number): Promise<(NotPublished | undefined)[]>;
  newProducer(): Promise<ProducerId>;
  partitionsOf(topics: readonly string[]): Promise<Map<string, number | string>>;
  append(producer: ProducerId | undefined, lanes: readonly LaneBatch[], by?: SendingBy): Promise<Outcome[]>;
  /** That some broker can be given something; throws in an outage. */
  reach(): Promise<void>;
  close(): Promise<void>;
}

/** How long who publishes waits to be told (ms): for less than most clients of HTTP have patience. */
export const WAIT_MS = 25_000;
const ASK_AGAIN_MS = 300;

/** Publishes without an outbox: who sent it waits, and is told; each message is there once, however often it was tried. */
export function createPublisher(appender: Appender, waitMs = WAIT_MS): Publisher {
  const once = new Once(appender);
  const publishEach: Publisher['publishEach'] = async (messages, withinMs = waitMs) => {
    const until = performance.now() + withinMs;
    const came = new Map<OutgoingMessage, NotPublished | undefined>();
    const before = messages.map((message) => ({ message, outcome: once.known(message, withinMs) }));
    const fresh = before.flatMap(({ message, outcome }) => (outcome ? [] : [message]));
    const topics = [...new Set(fresh.map((m) => m.topic))];
    const known = await untilTold(() => appender.partitionsOf(topics), until);
    const partitions = new Map([...known].filter((of): of is [string, number] => typeof of[1] === 'number'));
    let open: Waiting[] = [];
    for (const message of fresh) {
      const said = known.get(message.topic);
      if (typeof said === 'number') open.push({ messages: [message] });
      else
        came.set(message, {
          reason: said ?? `there is no topic ${message.topic}`,
          ...(appender.refuses(message.topic) ? { refused: 'topic' } : {}),
        });
    }
    while (open.length > 0) {
      const taken = new Set(fitting(open, partitions, { apart: true }));
      const lanes = inLanes(
        [...taken].flatMap((w) => w.messages),
        partitions,
        () => -1,
      );
      const outcomes = await Promise.all(lanes.map((lane) => once.send(lane, until - performance.now())));
      const halved = new Map<OutgoingMessage, number>();
      for (const [i, lane] of lanes.entries()) {
        const outcome = outcomes[i];
        const ofMessages = outcome?.kind === 'refused' && outcome.of === 'messages';
        for (const message of lane.messages)
          if (ofMessages && lane.messages.length > 1) halved.set(message, Math.floor(lane.messages.length / 2));
          else came.set(message, notPublished(outcome));
      }
      open = open.flatMap((waiting) => {
        const [message] = waiting.messages;
        if (!taken.has(waiting)) return [waiting];
        const most = halved.get(message);
        return most === undefined ? [] : [{ messages: waiting.messages, most }];
      });
    }
    for (const { message, outcome } of before) if (outcome) came.set(message, notPublished(await outcome));
    return messages.map((message) => came.get(message));
  };
  return {
    publishEach,
    publish: async (messages) => {
      const failed = (await publishEach(messages)).find((one) => one !== undefined);
      if (failed) throw new Error(failed.reason);
    },
    newProducer: () => appender.newProducer(),
    partitionsOf: (topics) => appender.partitionsOf(topics),
    append: (producer, lanes, by) => appender.append(producer, lanes, by),
    reach: () => appender.reach(),
    close: () => {
      once.close();
      return appender.close();
    },
  };
}

interface Waiting {
  readonly messages: readonly [OutgoingMessage];
  readonly most?: number;
}

/** Asks again while there is time. */
async function untilTold<T>(ask: () => Promise<T>, until: number): Promise<T> {
  for (;;) {
    try {
      const told = await within(until - performance.now(), ask(), LATE);
      if (told === LATE) throw new NoBroker('no broker answers in time');
      return told;
    } catch (error) {
      if (performance.now() + ASK_AGAIN_MS > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
}

function notPublished(outcome: Outcome | undefined): NotPublished | undefined {
  if (outcome?.kind === 'appended') return undefined;
  if (outcome?.kind === 'refused') return { reason: outcome.reason, refused: refusedAs(outcome) };
  const maybe = outcome === undefined || (outcome.kind === 'later' && outcome.maybe);
  return { reason: outcome?.reason ?? 'it was not answered', ...(maybe ? { maybe } : {}) };
}

function refusedAs({ of, tooLarge }: Outcome & { readonly kind: 'refused' }): NonNullable<NotPublished['refused']> {
  if (of !== 'messages') return 'topic';
  return tooLarge ? 'size' : 'message';
}
