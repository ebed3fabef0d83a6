import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { examplesOf, topicOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { type OutgoingMessage, toMessage } from '@gpect/service-kit/events/cloudevents';
import type { Projection } from '@gpect/service-kit/inbox/event-handler';
import { Inbox } from '@gpect/service-kit/inbox/inbox';
import { connectKafka } from '@gpect/service-kit/kafka/kafka';
import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { createLogger } from '@gpect/service-kit/observability/logger';
import { outboxOf, toEntries } from '@gpect/service-kit/outbox/outbox';
import { Relay } from '@gpect/service-kit/outbox/relay';
import { startServers } from '@gpect/test-kit/servers';
import { makeTopics } from '@gpect/test-kit/topics';
import kafkajs from 'kafkajs';
import { paired, ROUNDS, type Row, seconds, soFar } from './measure.js';
import { timedConsumption } from './timed-consumption.js';

const EVENTS = 20_000;
const TYPE = 'fr.gpect.consulting.session-recorded.v1' as const;
const TOPIC = topicOf(TYPE);
const example = examplesOf(TYPE)[0] as EventDataByType[typeof TYPE];
const logger = createLogger('bench', 'silent');

/** Events of about 1 kB, ten an aggregate, as sessions are. */
function messages(count: number): OutgoingMessage[] {
  const run = randomUUID();
  return Array.from({ length: count }, (_, i) => {
    const subject = `${run}/${Math.floor(i / 10)}`;
    const data = { ...example, siret: String(i % 1e9).padStart(14, '0'), session: `S${i}`, note: 'x'.repeat(300) };
    return toMessage(
      { type: TYPE, data },
      { id: randomUUID(), source: '/services/bench', subject, time: new Date().toISOString(), sequence: (i % 10) + 1 },
    );
  });
}

interface Field {
  readonly broker: string;
  readonly kafka: kafkajs.Kafka;
  readonly connection: ReturnType<typeof createDatabase>;
  /** What the bare side does: these messages, five hundred a request. */
  raw(list: readonly OutgoingMessage[]): Promise<void>;
}

async function onServers<T>(work: (field: Field) => Promise<T>): Promise<T> {
  const servers = await startServers();
  const kafka = new kafkajs.Kafka({ brokers: [servers.broker], clientId: 'raw', logLevel: kafkajs.logLevel.NOTHING });
  const connection = createDatabase();
  await connect(connection, servers.freshDatabase());
  const producer = kafka.producer({ maxInFlightRequests: 1 });
  await producer.connect();
  try {
    await makeTopics(servers.broker, [TOPIC]);
    const raw = async (list: readonly OutgoingMessage[]) => {
      for (let i = 0; i < list.length; i += 500) {
        await producer.send({
          topic: TOPIC,
          acks: -1,
          messages: list.slice(i, i + 500).map(({ key, value, headers }) => ({ key, value, headers })),
        });
      }
    };
    return await work({ broker: servers.broker, kafka, connection, raw });
  } finally {
    await producer.disconnect();
    await connection.close();
    await servers.stop();
  }
}

const rate = (s: number) => `${Math.round(EVENTS / s).toLocaleString('en')}/s`;

/** The outbox drained by a relay, against the same messages produced as they are. */
export async function relayRows(): Promise<Row[]> {
  return onServers(async ({ broker, connection, raw }) => {
    const bus = connectKafka({ brokers: broker, clientId: 'bench', logger });
    const publisher = bus.publisher();
    const relay = new Relay(connection, publisher, logger);
    const drains = async (perCommit: number) => {
      const list = messages(EVENTS);
      const same = list.map((m) => ({ ...m }));
      return paired(
        ROUNDS,
        async () => {
          const entries = [];
          for (let i = 0; i < list.length; i += perCommit) entries.push(...toEntries(list.slice(i, i + perCommit), []));
          await outboxOf(connection).insertMany(entries);
          return EVENTS / (await seconds(() => relay.drain()));
        },
        async () => EVENTS / (await seconds(() => raw(same))),
      );
    };
    try {
      await drains(500); // warm
      const rows: Row[] = [];
      for (const [perCommit, aim] of [
        [500, '0.6 or more'],
        [10, ''],
        [1, ''],
      ] as const) {
        const { ours, bare, ratio } = await drains(perCommit);
        const what = `relay draining ${EVENTS} events, ${perCommit} a commit / raw kafkajs producing them`;
        rows.push(soFar({ what, ours: rate(EVENTS / ours), bare: rate(EVENTS / bare), ratio, aim }));
      }
      return rows;
    } finally {
      await publisher.close();
      await bus.close();
    }
  });
}

/** A service's reader, against a consumer that does nothing. */
export async function consumerRows(): Promise<Row[]> {
  return onServers(async ({ broker, kafka, connection, raw }) => {
    const { ours, bare, ratio } = await consuming(broker, kafka, connection, raw);
    const what = 'consumer with contract check, inbox and read model / raw kafkajs consuming';
    return [soFar({ what, ours: rate(EVENTS / ours), bare: rate(EVENTS / bare), ratio, aim: '0.25 or more' })];
  });
}

/** Both read the same topic from its first event to its last, by a new group each time. */
async function consuming(
  broker: string,
  kafka: kafkajs.Kafka,
  connection: ReturnType<typeof createDatabase>,
  raw: (list: readonly OutgoingMessage[]) => Promise<void>,
) {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [TOPIC] });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await makeTopics(broker, [TOPIC]);
  await raw(messages(EVENTS));
  await admin.disconnect();
  const db = connection.getClient().db(connection.name);
  const firms = collectionOf<{ _id: string }>(connection, 'firms');
  const projection: Projection<{ id: string; halfDays: number }> = {
    kind: 'projection',
    types: [TYPE],
    changesOf: (event) => (event.type === TYPE ? [{ id: event.subject, halfDays: event.data.halfDays }] : []),
    apply: async (changes, session) => {
      const byFirm = new Map<string, { sessions: number; halfDays: number }>();
      for (const { id, halfDays } of changes) {
        const sum = byFirm.get(id) ?? { sessions: 0, halfDays: 0 };
        byFirm.set(id, { sessions: sum.sessions + 1, halfDays: sum.halfDays + halfDays });
      }
      if (byFirm.size > 0) {
        await firms.bulkWrite(
          [...byFirm].map(([_id, $inc]) => ({ updateOne: { filter: { _id }, update: { $inc }, upsert: true } })),
          { session, ordered: false },
        );
      }
    },
  };
  const thread = new Worker(new URL('./raw-consumer.js', import.meta.url), {
    workerData: { broker, topic: TOPIC, events: EVENTS },
  });
  const rawRate = async (): Promise<number> => {
    thread.postMessage('consume');
    const [rate] = (await once(thread, 'message')) as [number];
    return rate;
  };
  const both = await paired(
    ROUNDS,
    async () => {
      await db.dropDatabase();
      for (const name of [
        'firms',
        'outbox',
        'inbox_positions',
        'inbox_beginnings',
        'inbox_marks',
        'inbox_log',
        'parked_events',
      ])
        await db.createCollection(name);
      const inbox = new Inbox({
        consumer: 'bench',
        connection,
        runner: new CommandRunner(connection, '/b', () => undefined),
        handler: projection as Projection,
        logger,
      });
      const bus = connectKafka({ brokers: broker, clientId: 'bench', logger });
      const rate = await timedConsumption(EVENTS, (onBatch) => {
        const subscriber = bus.subscribe({
          groupId: randomUUID(),
          topics: [TOPIC],
          positions: async () => new Map(),
          onBatch: async (batch) => {
            const first = batch.messages[0]?.offset ?? 0;
            onBatch.begin();
            const next = await inbox.onBatch(batch);
            onBatch.took(next - first);
            return next;
          },
        });
        return () => subscriber.close();
      });
      await bus.close();
      if ((await firms.countDocuments()) !== EVENTS / 10) throw new Error('the read model is not what the events say');
      return rate;
    },
    rawRate,
  );
  await thread.terminate();
  return both;
}
