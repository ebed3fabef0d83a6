import {
  initProducerIdV3,
  type MessageRecord,
  metadataV10,
  murmur2,
  NumericMap,
  produceV9,
  protocolErrorsCodesById,
  ResponseError,
} from '@platformatic/kafka';
import { groupBy } from '../collections/group-by.js';
import type { OutgoingMessage } from '../events/cloudevents.js';
import type { KafkaAccess } from './access.js';
import { type Broker, Brokers, NoBroker, NotSent, nameOf } from './brokers.js';

/** By whom brokers know a sequence of batches: each of a partition is appended once, however often and by whom it is sent. */
export interface ProducerId {
  readonly id: string;
  readonly epoch: number;
}

/** What one request gives one partition: a batch, of which the first message has this number in the producer's sequence there. */
export interface LaneBatch {
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly messages: readonly OutgoingMessage[];
}

/** What came of a batch. */
export type Outcome =
  | { readonly kind: 'appended' }
  /** Not there, and will not be as it is: by a fault of its topic, its partition, or one of its messages. */
  | {
      readonly kind: 'refused';
      readonly of: 'topic' | 'partition' | 'messages';
      readonly reason: string;
      readonly tooLarge?: true;
    }
  /** To be sent again as it is; `maybe` where it may be there, `away` where its broker was away a moment ago and was not asked. */
  | { readonly kind: 'later'; readonly maybe: boolean; readonly reason: string; readonly away?: true }
  /** Another batch stands where this one was to stand: its producer has gone on, or the log was cut. */
  | { readonly kind: 'gap'; readonly reason: string };

/** How batches are sent. */
export interface SendingBy {
  /** What is sent apart has connections of its own: brokers answer each connection in turn. */
  readonly apart?: boolean;
  /** How long a broker is waited for (ms); what is not answered by then may be there. */
  readonly withinMs?: number;
  /** A broker that was away a moment ago is not asked again. */
  readonly unlessAway?: boolean;
}

interface Known {
  /** By partition; undefined where there is none now. */
  readonly leaders: readonly (Broker | undefined)[];
  readonly at: number;
}

/** Answers that are not there by then have failed, and their connection with them (ms). */
const ANSWER_MS = 10_000;
/** How long a broker that was not reached is taken to be away, where nobody finds it there before. */
const AWAY_MS = 20_000;
/** How long the leaders of a topic are taken to hold, unless a broker says otherwise. */
const LEADERS_HOLD_MS = 60_000;
const PRODUCER_TRIES = 40;
const OF_TOPIC = new Set(['INVALID_TOPIC_EXCEPTION', 'TOPIC_AUTHORIZATION_FAILED', 'UNKNOWN_TOPIC_OR_PARTITION']);
const TOO_LARGE = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'];
const OF_MESSAGES = new Set([
  ...TOO_LARGE,
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'POLICY_VIOLATION',
  'CORRUPT_MESSAGE',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
]);
const GAPS = new Set(['OUT_OF_ORDER_SEQUENCE_NUMBER', 'INVALID_PRODUCER_EPOCH', 'UNKNOWN_PRODUCER_ID']);
/** Of these a broker appended nothing. */
const SURELY_NOT = new Set(['NOT_LEADER_OR_FOLLOWER', 'LEADER_NOT_AVAILABLE', 'NOT_ENOUGH_REPLICAS']);

/** Gives batches to the leaders of their partitions, each under its own number, and tells of each what came of it. */
export class Appender {
  readonly #questions: Brokers;
  readonly #sending: Brokers;
  readonly #apart: Brokers;
  readonly #known = new Map<string, Known>();
  /** Topics that took nothing when they were last asked about, by what no waiting changes. */
  readonly #refusing = new Set<string>();
  /** Until when (performance.now), and why. */
  readonly #away = new Map<string, { readonly until: number; readonly reason: string }>();

  constructor(options: { brokers: string; clientId: string; access?: KafkaAccess | undefined }) {
    this.#questions = new Brokers(options);
    this.#sending = new Brokers(options);
    this.#apart = new Brokers(options);
  }

  /** A producer that nobody had before. Brokers that have just started give none yet: asked again for a while. */
  async newProducer(): Promise<ProducerId> {
    for (let left = PRODUCER_TRIES; ; left--) {
      try {
        return await this.#questions.askAny(async (connection) => {
          const { producerId, producerEpoch } = await initProducerIdV3.api.async(connection, null, 0, -1n, -1);
          return { id: String(producerId), epoch: producerEpoch };
        });
      } catch (error) {
        if (!(error instanceof ResponseError) || left === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  /** That some broker is there to whom something can be given. @throws {NoBroker} where there is none: an outage */
  async reach(): Promise<void> {
    const { brokers } = await this.#metadata([]);
    for (const { host, port } of brokers) {
      const answers = this.#questions.ask({ host, port }, (c) => metadataV10.api.async(c, [], false, false), 3000);
      if (
        await answers.then(
          () => true,
          () => false,
        )
      )
        return;
    }
    throw new NoBroker('none of the brokers can be reached');
  }

  /** How many partitions each topic has, or why nothing can be written to it. */
  async partitionsOf(topics: readonly string[]): Promise<Map<string, number | string>> {
    const now = Date.now();
    const found = new Map<string, number | string>();
    const toAsk = topics.filter((topic) => {
      const known = this.#known.get(topic);
      if (!known || now - known.at > LEADERS_HOLD_MS) return true;
      found.set(topic, known.leaders.length);
      return false;
    });
    if (toAsk.length === 0) return found;
    const { brokers, topics: told } = await this.#metadata(toAsk);
    const byId = new Map(brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]));
    for (const { name, errorCode, partitions } of told) {
      if (!name) continue;
      this.#refusing.delete(name);
      if (partitions.length > 0) {
        const leaders = [...partitions]
          .sort((a, b) => a.partitionIndex - b.partitionIndex)
          .map(({ leaderId }) => byId.get(leaderId));
        this.#known.set(name, { leaders, at: now });
        found.set(name, leaders.length);
        continue;
      }
      this.#known.delete(name);
      if (OF_TOPIC.has(codeName(errorCode))) this.#refusing.add(name);
      found.set(name, reasonOf(codeName(errorCode), name));
    }
    return found;
  }

  /** Whether a topic that has no partitions to write to is not there, or not for this service: else it is still being made. */
  refuses(topic: string): boolean {
    return this.#refusing.has(topic);
  }

  /** Without a producer, what is sent again may be there twice. One batch a partition. */
  async append(
    producer: ProducerId | undefined,
    lanes: readonly LaneBatch[],
    { apart = false, withinMs = ANSWER_MS, unlessAway = false }: SendingBy = {},
  ): Promise<Outcome[]> {
    const outcomes = new Map<LaneBatch, Outcome>();
    await this.partitionsOf([...new Set(lanes.map(({ topic }) => topic))]);
    const leaderOf = ({ topic, partition }: LaneBatch) => this.#known.get(topic)?.leaders[partition];
    const byLeader = groupBy(lanes, (lane) => JSON.stringify(leaderOf(lane) ?? null));
    await Promise.all(
      [...byLeader].map(async ([said, theirs]) => {
        const leader = JSON.parse(said) as Broker | null;
        const away = unlessAway && leader ? this.#awayNow(leader) : undefined;
        if (away !== undefined) {
          for (const lane of theirs) {
            this.#known.delete(lane.topic);
            outcomes.set(lane, { kind: 'later', maybe: false, away: true, reason: away });
          }
          return;
        }
        const by = apart ? this.#apart : this.#sending;
        const answers = leader ? await this.#produce(by, leader, producer, theirs, withinMs) : [];
        for (const [i, lane] of theirs.entries()) outcomes.set(lane, await this.#outcomesOf(lane, answers[i]));
      }),
    );
    return lanes.map((lane) => outcomes.get(lane) ?? { kind: 'later', maybe: true, reason: 'it was not answered' });
  }

  async close(): Promise<void> {
    await Promise.all([this.#questions.close(), this.#sending.close(), this.#apart.close()]);
  }

  #metadata(topics: string[]) {
    return this.#questions
      .askAny((connection) => evenWithErrors(metadataV10.api.async(connection, topics, false, false)))
      .then((answer) => {
        this.#questions.named(answer.brokers.map(({ host, port }) => ({ host, port })));
        return answer;
      });
  }

  #awayNow(leader: Broker): string | undefined {
    const away = this.#away.get(nameOf(leader));
    return away && performance.now() < away.until ? away.reason : undefined;
  }

  /** What the leader says of each: the name of an error, '' where there is none; an error where it did not answer. */
  async #produce(
    brokers: Brokers,
    leader: Broker,
    producer: ProducerId | undefined,
    lanes: readonly LaneBatch[],
    withinMs: number,
  ): Promise<(string | Error)[]> {
    const records = lanes.flatMap(({ topic, partition, messages }) =>
      messages.map((m) => recordOf(m, topic, partition)),
    );
    const sequences = new NumericMap(lanes.map(({ topic, partition, first }) => [`${topic}:${partition}`, first]));
    const by = producer
      ? { producerId: BigInt(producer.id), producerEpoch: producer.epoch, sequences }
      : { producerId: -1n, producerEpoch: -1 };
    try {
      const answer = await brokers.ask(
        leader,
        (connection) => evenWithErrors(produceV9.api.async(connection, -1, withinMs - 1000, records, by)),
        withinMs,
      );
      this.#away.delete(nameOf(leader));
      if (typeof answer === 'boolean') throw new Error('the broker was asked for no answer');
      const codes = new Map(
        answer.responses.flatMap(({ name, partitionResponses }) =>
          partitionResponses.map(({ index, errorCode }) => [`${name}:${index}`, errorCode]),
        ),
      );
      return lanes.map(({ topic, partition }) => codeName(codes.get(`${topic}:${partition}`) ?? -1));
    } catch (error) {
      const failed = error instanceof Error ? error : new Error(String(error));
      this.#away.set(nameOf(leader), { until: performance.now() + AWAY_MS, reason: failed.message });
      return lanes.map(() => failed);
    }
  }

  async #outcomesOf({ topic }: LaneBatch, answer: string | Error | undefined): Promise<Outcome> {
    if (answer === '' || answer === 'DUPLICATE_SEQUENCE_NUMBER') return { kind: 'appended' };
    // Whatever it is, its leader may be another one now.
    this.#known.delete(topic);
    if (answer === undefined) return { kind: 'later', maybe: false, reason: `a partition of ${topic} has no leader` };
    if (typeof answer !== 'string')
      return { kind: 'later', maybe: !(answer instanceof NotSent), reason: `${topic}: ${answer.message}` };
    if (GAPS.has(answer)) return { kind: 'gap', reason: `${topic}: the broker answers ${answer}` };
    if (OF_MESSAGES.has(answer)) {
      const tooLarge = TOO_LARGE.includes(answer) ? { tooLarge: true as const } : {};
      return { kind: 'refused', of: 'messages', reason: reasonOf(answer, topic), ...tooLarge };
    }
    if (OF_TOPIC.has(answer)) {
      // Also said where the leader has moved: then the topic is there.
      const there = (await this.partitionsOf([topic]).catch(() => new Map())).get(topic);
      if (answer !== 'UNKNOWN_TOPIC_OR_PARTITION' || typeof there === 'string')
        return { kind: 'refused', of: 'topic', reason: reasonOf(answer, topic) };
      return { kind: 'later', maybe: false, reason: reasonOf(answer, topic) };
    }
    return { kind: 'later', maybe: !SURELY_NOT.has(answer), reason: `${topic}: the broker answers ${answer}` };
  }
}

/** The answer of a broker, which also tells of each part what is wrong with it. */
async function evenWithErrors<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ResponseError) return (error as unknown as { response: T }).response;
    throw error;
  }
}

function recordOf({ key, value, headers }: OutgoingMessage, topic: string, partition: number): MessageRecord {
  const bytes = Object.entries(headers).map(([name, text]) => [Buffer.from(name), Buffer.from(text)] as const);
  return { topic, partition, key: Buffer.from(key), value: Buffer.from(value), headers: new Map(bytes) };
}

const codeName = (code: number): string => (code === 0 ? '' : (protocolErrorsCodesById[code] ?? `error ${code}`));

const WHAT_TO_DO: ReadonlyMap<string, (topic: string) => string> = new Map([
  ['UNKNOWN_TOPIC_OR_PARTITION', (topic: string) => `there is no topic ${topic}: make it (runbook: topics, partners)`],
  ['INVALID_TOPIC_EXCEPTION', (topic) => `${topic} cannot be the name of a topic`],
  ['TOPIC_AUTHORIZATION_FAILED', (topic) => `this service may not write to ${topic}: allow it on the brokers`],
  ['MESSAGE_TOO_LARGE', (topic) => `it is larger than ${topic} takes: raise its max.message.bytes`],
  ['RECORD_LIST_TOO_LARGE', (topic) => `it is larger than ${topic} takes: raise its max.message.bytes`],
]);

function reasonOf(code: string, topic: string): string {
  return WHAT_TO_DO.get(code)?.(topic) ?? `${topic}: the brokers say ${code}`;
}

/** Where a key stands, as Kafka's own clients have it. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(key, true) & 0x7fffffff) % partitions;
}
