import type { OutgoingMessage } from '../events/cloudevents.js';
import type { Appender, Fate, LaneBatch, ProducerId, SendingBy } from './appender.js';
import { fitting, inLanes } from './lanes.js';

/** Why a message is not on its topic. `ofMessages`: by its own fault; otherwise trying again may help. */
export interface NotPublished {
  readonly reason: string;
  readonly ofMessages: boolean;
}

export interface Publisher {
  /** Resolves when the brokers hold every message (acks = all); messages of one key keep their order. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  /** The same, where one message that is refused takes no other with it: of each why it is not held, if it is not. */
  publishEach(messages: readonly OutgoingMessage[]): Promise<(NotPublished | undefined)[]>;
  newProducer(): Promise<ProducerId>;
  partitionsOf(topics: readonly string[]): Promise<Map<string, number | string>>;
  append(producer: ProducerId | undefined, lanes: readonly LaneBatch[], by?: SendingBy): Promise<Fate[]>;
  /** That some broker can be given something; throws in an outage. */
  reach(): Promise<void>;
  close(): Promise<void>;
}

/** Tries of what may be taken a moment later, and the waits between them (ms). */
const PAUSES_MS = [100, 300, 1000, 3000, 3000];

/** Publishes without an outbox: who sent it waits, and is told. What is tried again may be there twice. */
export function createPublisher(appender: Appender): Publisher {
  const publishEach = async (messages: readonly OutgoingMessage[]): Promise<(NotPublished | undefined)[]> => {
    const came = new Map<OutgoingMessage, NotPublished | undefined>();
    const known = await appender.partitionsOf([...new Set(messages.map((m) => m.topic))]);
    const partitions = new Map([...known].filter((of): of is [string, number] => typeof of[1] === 'number'));
    let open: Waiting[] = [];
    for (const message of messages) {
      const said = known.get(message.topic);
      if (typeof said === 'number') open.push({ messages: [message] });
      else came.set(message, { reason: said ?? `there is no topic ${message.topic}`, ofMessages: false });
    }
    while (open.length > 0) {
      const taken = new Set(fitting(open, partitions, { apart: true }));
      const lanes = inLanes(
        [...taken].flatMap((w) => w.messages),
        partitions,
        () => -1,
      );
      const fates = await settled(appender, lanes);
      const halved = new Map<OutgoingMessage, number>();
      for (const [i, lane] of lanes.entries()) {
        const fate = fates[i];
        const ofMessages = fate?.kind === 'refused' && fate.of === 'messages';
        for (const message of lane.messages)
          if (ofMessages && lane.messages.length > 1) halved.set(message, Math.floor(lane.messages.length / 2));
          else came.set(message, fate?.kind === 'appended' ? undefined : { reason: fate?.reason ?? '', ofMessages });
      }
      open = open.flatMap((waiting) => {
        const [message] = waiting.messages;
        if (!taken.has(waiting)) return [waiting];
        const most = halved.get(message);
        return most === undefined ? [] : [{ messages: waiting.messages, most }];
      });
    }
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
    close: () => appender.close(),
  };
}

interface Waiting {
  readonly messages: readonly [OutgoingMessage];
  readonly most?: number;
}

async function settled(appender: Appender, lanes: Parameters<Appender['append']>[1]): Promise<Fate[]> {
  const fates = await appender.append(undefined, lanes);
  for (const pause of PAUSES_MS) {
    const open = lanes.filter((_, i) => fates[i]?.kind === 'later');
    if (open.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
    const again = await appender.append(undefined, open);
    for (const [i, lane] of open.entries())
      fates[lanes.indexOf(lane)] = again[i] ?? { kind: 'later', maybe: true, reason: '' };
  }
  return fates;
}
