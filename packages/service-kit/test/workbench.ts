import { examplesOf, topicOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { batchOf as anyBatchOf, give as giveAny } from '@gpect/test-kit/batches';
import { makeTopics } from '@gpect/test-kit/topics';
import { type Aggregate, target } from '../src/aggregate/aggregate.js';
import { CommandRunner } from '../src/aggregate/command-runner.js';
import { stateModel } from '../src/aggregate/state-store.js';
import { type OutgoingMessage, toMessage } from '../src/events/cloudevents.js';
import type { DomainEvent, RecordedEvent } from '../src/events/event.js';
import type { Projection } from '../src/inbox/event-handler.js';
import { Inbox } from '../src/inbox/inbox.js';
import type { Batch } from '../src/kafka/batch.js';
import { connectKafka, type EventBus } from '../src/kafka/kafka.js';
import { collectionOf, connect, createDatabase } from '../src/mongo/connection.js';
import { createLogger } from '../src/observability/logger.js';

export const TYPE = 'fr.gpect.enrolment.firm-declined.v1' as const;
export const TOPIC = topicOf(TYPE);
export const logger = createLogger('test', (process.env['TEST_LOG'] ?? 'silent') as 'silent');

const example = examplesOf(TYPE)[0] as EventDataByType[typeof TYPE];

/** A message of the type; `reason` carries its number. */
export function messageOf(subject: string, sequence: number, id: string): OutgoingMessage {
  const event = { type: TYPE, data: { ...example, reason: String(sequence) } } as DomainEvent;
  const context = { id, source: '/services/enrolment', subject, time: '2026-01-01T00:00:00.000Z', sequence };
  return toMessage(event, context);
}

/** The smallest aggregate: each command says one more fact; `reason` carries its number. */
export const tally: Aggregate<'enrolment/firm case', { count: number }, { kind: 'add'; refuse?: boolean }> = {
  collection: 'tallies',
  initial: { count: 0 },
  decide: ({ refuse }, { count }) =>
    refuse
      ? { ok: false, fault: { code: 'no', kind: 'rule', detail: 'refused as asked' } }
      : { ok: true, value: [{ type: TYPE, data: { ...example, reason: String(count + 1) } }] },
  evolve: ({ count }) => ({ count: count + 1 }),
};

export const add = (id: string) => target(tally, id, { kind: 'add' });

export async function openWorkbench(url: string, broker: string) {
  const connection = createDatabase();
  await connect(connection, url);
  await stateModel(connection, tally.collection).createCollection();
  for (const name of [
    'outbox',
    'outbox_way',
    'outbox_aside',
    'leases',
    'inbox_positions',
    'inbox_beginnings',
    'inbox_marks',
    'inbox_log',
    'inbox_unknown_types',
    'inbox_reads',
    'parked_events',
    'applied',
    'lasts',
  ])
    await connection.getClient().db(connection.name).createCollection(name);
  await makeTopics(broker, [TOPIC]);
  const bus: EventBus = connectKafka({ brokers: broker, clientId: 'test', logger });
  const runner = new CommandRunner(connection, '/services/test', () => undefined);
  return { connection, bus, runner };
}

export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;

/** A read model that keeps every event it was given, in order, and cannot read what its event calls poison. */
export function recorder(
  { connection }: Workbench,
  poison: { reason?: string } = {},
): Projection<RecordedEvent<typeof TYPE>> {
  return {
    kind: 'projection',
    types: [TYPE],
    changesOf: (event) => {
      if (event.type !== TYPE) return [];
      if (poison.reason !== undefined && event.data.reason === poison.reason) throw new Error('cannot read this one');
      return [event];
    },
    apply: async (events, session) => {
      const documents = events.map((e) => ({ subject: e.subject, sequence: e.sequence, reason: e.data.reason }));
      if (documents.length > 0) await collectionOf(connection, 'applied').insertMany(documents, { session });
    },
  };
}

export function inboxOf(bench: Workbench, handler: Projection<never> | Projection<RecordedEvent<typeof TYPE>>): Inbox {
  return new Inbox({
    consumer: 'test',
    connection: bench.connection,
    runner: bench.runner,
    handler: handler as Projection,
    logger,
  });
}

export async function applied({ connection }: Workbench): Promise<string[]> {
  const documents = await collectionOf<{ subject: string; sequence: number }>(connection, 'applied')
    .find()
    .sort({ _id: 1 })
    .toArray();
  return documents.map((d) => `${d.subject}#${d.sequence}`);
}

export const batchOf = (messages: Batch['messages'], topic = TOPIC, partition = 0): Batch =>
  anyBatchOf(messages, topic, partition);

export const give = (reader: Pick<Inbox, 'onBatch'>, messages: Batch['messages'], topic = TOPIC): Promise<number> =>
  giveAny(reader, messages, topic);
