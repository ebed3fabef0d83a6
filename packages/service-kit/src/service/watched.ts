import type { ServiceName } from '@gpect/contracts/api-documents';
import type { StartFault } from '../config/start-fault.js';
import { type issuerKeys, keysHealth } from '../http/issuer-keys.js';
import { readPositions } from '../inbox/positions.js';
import { KafkaWatch } from '../kafka/kafka-watch.js';
import type { Metrics } from '../observability/metrics.js';
import { outboxOf } from '../outbox/outbox.js';
import type { Relay } from '../outbox/relay.js';
import type { Stuck } from '../outbox/stuck.js';
import type { ServiceContext, ServiceDefinition } from './definition.js';
import { databaseHealth, orderHealth, outboxHealth, parkedHealth, pinging } from './kept-health.js';
import { logsHealth, readerHealth, releasesHealth } from './reader-health.js';
import type { Readers } from './readers.js';

/** The parts of a service that say how they are. */
export interface Watched {
  readonly name: ServiceName;
  readonly context: ServiceContext;
  readonly readers: Readers;
  readonly relay: Relay;
  readonly stuck: Stuck;
  readonly keys: ReturnType<typeof issuerKeys>;
}

/** What `/health/ready` says of each part. */
export function reportHealth(
  { name, context, readers, relay, stuck, keys }: Watched,
  startFault: (fault: StartFault) => void,
): void {
  const { connection, bus, health } = context;
  const { inbox, others, deadLetters, topics, logs } = readers;
  health.measure('database', pinging(connection), databaseHealth);
  health.measure('order', () => deadLetters.parked.held(), orderHealth);
  health.measure('parked', () => deadLetters.parked.countPlain(), parkedHealth);
  health.measure(
    'keys',
    () => keysHealth(keys),
    (answer) => answer ?? { state: 'failed', detail: 'not known yet' },
  );
  const watch = new KafkaWatch(bus, [...new Set([...topics, ...topicsOf(name)])], startFault);
  health.measure(
    'kafka',
    () => watch.look(),
    (answer) => answer ?? { state: 'degraded', detail: 'does not answer' },
  );
  health.measure(
    'outbox',
    () => stuck.summary(),
    (summary) => outboxHealth(summary, relay.trouble()),
  );
  if (topics.length > 0) health.report('events', () => readerHealth(readers.events));
  if (inbox) {
    const { parked, unknown } = inbox;
    const waiting = async () => ({ newer: await parked.newerTypes(), unknown: await unknown.types() });
    health.measure('releases', waiting, releasesHealth);
  }
  for (const other of others) health.report(other.name, () => readerHealth(readers.subscriberOf(other)));
  if (topics.length > 0 || others.length > 0) health.measure('logs', () => logs.differing(), logsHealth);
}

/** What `/metrics` gives of every service, and what this one measures beside. */
export function observeAll(
  metrics: Metrics,
  { context, readers, stuck }: Watched,
  gauges: NonNullable<ServiceDefinition['gauges']>,
): void {
  const { connection, bus } = context;
  const { inbox, others, deadLetters, topics } = readers;
  if (inbox) {
    const { parked, unknown } = inbox;
    metrics.observe(
      'gpect_inbox_newer_events',
      'Events of a newer release, kept with what follows of their aggregates until this service is upgraded',
      () => parked.countNewer(),
    );
    metrics.observe(
      'gpect_inbox_unknown_types',
      'Types of events that were passed over because the contracts of this release lack them',
      async () => (await unknown.types()).length,
    );
  }
  metrics.observe('gpect_outbox_pending', 'Entries (commits) waiting in the outbox', () =>
    outboxOf(connection).countDocuments(),
  );
  metrics.observe('gpect_outbox_stuck', 'Messages that cannot be published, and what waits behind them', () =>
    stuck.count(),
  );
  metrics.observe('gpect_parked_events', 'Events parked with a reason', () => deadLetters.parked.count());
  metrics.observe(
    'gpect_partitions_stopped',
    'Partitions that are not read on: their log is another one, or what they hold can be neither taken nor parked',
    async () => (await readers.stopped()).size,
  );
  metrics.observe('gpect_inbox_position', 'Events of all topics up to which this service has read', async () =>
    sum((await readPositions(connection)).values()),
  );
  metrics.observe('gpect_inbox_lag', 'Events not yet read, over all topics', async () => {
    const positions = await readPositions(connection);
    const existing = await bus.existing([...topics, ...others.flatMap((other) => other.topics)]);
    const ends = await Promise.all(existing.map(async (topic) => [topic, await bus.endOffsets(topic)] as const));
    return sum(
      ends.flatMap(([topic, partitions]) =>
        [...partitions].map(([partition, end]) => end - (positions.get(`${topic}/${partition}`) ?? 0)),
      ),
    );
  });

  for (const { name: gauge, help, read: measure } of gauges) metrics.observe(gauge, help, () => measure(context));
}

/** The topics that a service writes to itself. */
const topicsOf = (name: ServiceName): string[] => [
  ...(name === 'reporting' ? [] : [`gpect.${name}.events`]),
  `gpect.${name}.dead-letter`,
];

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
