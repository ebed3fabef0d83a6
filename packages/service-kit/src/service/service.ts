import { createTerminus } from '@godaddy/terminus';
import { apiDocument, type ServiceName } from '@gpect/contracts/api-documents';
import { topicOf } from '@gpect/contracts/event-contracts';
import { partnerTopic } from '@gpect/contracts/partner-topics';
import { readerPlaces } from '@gpect/tabular-files/reader-places';
import { type RequestHandler, Router } from 'express';
import type mongoose from 'mongoose';
import { CommandRunner } from '../aggregate/command-runner.js';
import { stateModel } from '../aggregate/state-store.js';
import { auditRoutes } from '../audit/audit-routes.js';
import { AUDIT, indexAudit } from '../audit/audit-trail.js';
import { cannotStart } from '../config/cannot-start.js';
import type { ServiceConfig } from '../config/config.js';
import { DeadLetters, DISCARDED } from '../dead-letters/dead-letters.js';
import { deadLetterRoutes } from '../dead-letters/routes.js';
import { createApp } from '../http/app.js';
import { answerBrokenRequests } from '../http/broken-request.js';
import { CommandDoor } from '../http/commands.js';
import { dispatch } from '../http/dispatch.js';
import { issuerKeys, keysHealth } from '../http/issuer-keys.js';
import type { ImportQuery, OwnRoutes } from '../http/operations.js';
import { createLimitedServer } from '../http/server-limits.js';
import { type ImportKinds, importRoutes } from '../imports/import-routes.js';
import { IMPORT_COLLECTIONS, importOwnership, KeptRefusals } from '../imports/kept-refusals.js';
import { indexUploadDays, quotaOf, UPLOAD_DAYS } from '../imports/quota.js';
import { sweepSpools } from '../imports/spool.js';
import { type EventHandler, handledTypes, withFacts } from '../inbox/event-handler.js';
import { Inbox } from '../inbox/inbox.js';
import { stoppedPartitionRoutes } from '../inbox/log-routes.js';
import { LogWatch, placeOfPartition } from '../inbox/log-watch.js';
import { BEGINNINGS, HELD, readPositions } from '../inbox/positions.js';
import { READS } from '../inbox/reads.js';
import { ensureInboxIndexes, TAKEN_LOG } from '../inbox/taken-log.js';
import { UNKNOWN_TYPES } from '../inbox/unknown-types.js';
import { connectKafka, type EventBus } from '../kafka/kafka.js';
import { KafkaWatch } from '../kafka/kafka-watch.js';
import type { Subscriber } from '../kafka/subscription.js';
import { connect, createDatabase, untilItWorks } from '../mongo/connection.js';
import { databaseFault, withCollectionOfIndex } from '../mongo/database-fault.js';
import { claimDatabase } from '../mongo/owner.js';
import { createLogger, type Logger } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import { ASIDE, Aside } from '../outbox/aside.js';
import { outboxOf } from '../outbox/outbox.js';
import { Relay } from '../outbox/relay.js';
import { GIVEN_UP, Stuck } from '../outbox/stuck.js';
import { stuckRoutes } from '../outbox/stuck-routes.js';
import { WAY } from '../outbox/way.js';
import { PARTNER_ANSWERS } from '../partners/answers.js';
import { KNOWN_PARTNERS, partnerFacts } from '../partners/known-partners.js';
import type { PartnerCommands } from '../partners/own-api.js';
import { PartnerDoor } from '../partners/partner-door.js';
import type { Ownership } from '../rights/ownership.js';
import { Rights } from '../rights/rights.js';
import { LATE, within } from '../time/within.js';
import { Health } from './health.js';
import { databaseHealth, orderHealth, outboxHealth, parkedHealth, pinging } from './kept-health.js';
import { logsHealth, readerHealth, releasesHealth } from './reader-health.js';
import { Rounds } from './rounds.js';
import type { StartFault } from './start-fault.js';

/** What a service's routes and reactions are built from. */
export interface ServiceContext {
  readonly connection: mongoose.Connection;
  readonly runner: CommandRunner;
  readonly door: CommandDoor;
  readonly logger: Logger;
  readonly bus: EventBus;
  /** Where parts of its own say how they are. */
  readonly health: Health;
}

export interface ServiceDefinition<Name extends ServiceName = ServiceName, Parts = undefined> {
  readonly name: Name;
  /** Collections of its aggregates. */
  readonly aggregates: readonly string[];
  /** Its other collections. */
  readonly collections?: readonly string[];
  /** What its routes, event handlers and background work share; made once. */
  parts?(context: ServiceContext): Parts;
  /** Each of its operations by its method and path; those that every service has are the kit's. */
  routes(context: ServiceContext, parts: Parts): OwnRoutes<Name>;
  /** What a request that is let in passes before its route. */
  before?(context: ServiceContext, parts: Parts): RequestHandler;
  /** What it does with the events of others; absent where it reads none. */
  events?(context: ServiceContext, parts: Parts): EventHandler;
  /** The command that each event of a partner asks of it; absent where partners send it nothing. */
  partnerCommands?: PartnerCommands;
  /** Also answers what partners send to no service. */
  readonly answersTheRest?: boolean;
  /** Whose the things are that its operations name in `x-own`. */
  ownership?(context: ServiceContext, parts: Parts): Ownership;
  /** Indexes of its own, made at each start. */
  indexes?(connection: mongoose.Connection): Promise<void>;
  /** What it measures beside what every service does. */
  readonly gauges?: readonly { name: string; help: string; read(context: ServiceContext): Promise<number> }[];
  /** The files that people send it, by what the request asks; absent where none are sent. */
  imports?(context: ServiceContext, parts: Parts): ImportKinds<ImportQuery<Name>>;
  /** Work that no request and no event asks for; begun when the database is there, ended before anything is closed. */
  background?(context: ServiceContext, parts: Parts): Background;
}

interface Background {
  start(): Promise<void>;
  stop(): Promise<void>;
}

const POSITION_CHECK_MS = 2000;
/** What does not end when it is asked to, ends with the process: whoever starts services anew waits for that. */
const STOPS_WITHIN_MS = 20_000;
const INTERNAL_COLLECTIONS = [
  'outbox',
  WAY,
  ASIDE,
  GIVEN_UP,
  'leases',
  'inbox_positions',
  'inbox_marks',
  BEGINNINGS,
  UNKNOWN_TYPES,
  READS,
  TAKEN_LOG,
  'parked_events',
  'answers',
  PARTNER_ANSWERS,
  KNOWN_PARTNERS,
  DISCARDED,
  AUDIT,
];
/** Events of a partner that are taken before others are served, and partners that are served at the same time. */
const PARTNERS_IN_TURN = { slice: 32, atOnce: 4 };

/** Runs a service until SIGTERM: HTTP at once, everything else as soon as the servers behind it are there. */
export function runService<Name extends ServiceName, Parts>(
  definition: ServiceDefinition<Name, Parts>,
  config: ServiceConfig,
): void {
  const { name } = definition;
  const logger = createLogger(name, config.LOG_LEVEL);
  readerPlaces.set({ atOnce: config.WORKBOOK_READERS });
  const sweeping = new Rounds(() => sweepSpools(logger), logger);
  void sweeping.start();
  const metrics = new Metrics(name);
  const health = new Health(name, metrics.health);
  const connection = createDatabase();
  const bus = connectKafka({
    brokers: config.KAFKA_BROKERS,
    clientId: name,
    logger,
    access: { username: config.KAFKA_USERNAME, password: config.KAFKA_PASSWORD, certificates: config.KAFKA_CA },
  });
  const publisher = bus.publisher();
  const relay = new Relay(connection, publisher, logger, (count) => metrics.published.inc(count));
  const runner = new CommandRunner(connection, `/services/${name}`, () => relay.wake());
  const context: ServiceContext = {
    connection,
    runner,
    door: new CommandDoor(connection, runner),
    logger,
    bus,
    health,
  };
  // Without a maker of parts, Parts is undefined.
  const parts = definition.parts?.(context) as Parts;
  const takesPartners = isSentTo(definition);
  const handler = handlerOf(definition, context, parts);
  const background = definition.background?.(context, parts);
  const inbox = handler && new Inbox({ consumer: name, connection, runner, handler, logger, metrics });
  const read = handler ? [...handledTypes(handler)] : [];
  for (const type of read) metrics.reads.set({ type }, 1);
  const topics = [...new Set(read.map(topicOf))];
  let state: 'starting' | 'ready' | 'stopping' = 'starting';
  let trouble = '';
  const startFault = ({ heals, reason }: StartFault, error?: unknown): void => {
    if (!heals) {
      logger.fatal(reason);
      cannotStart('waiting does not help', [reason]);
    }
    logger.warn({ ...(error ? { err: error } : {}) }, reason);
  };
  let subscriber: Subscriber | undefined;
  let partnerSubscriber: Subscriber | undefined;
  let positionCheck: NodeJS.Timeout | undefined;

  const partnerDoor = takesPartners
    ? new PartnerDoor({
        service: name,
        commands: definition.partnerCommands ?? {},
        answersTheRest: definition.answersTheRest ?? false,
        connection,
        runner,
        app: (request, response) => app(request, response),
        existing: (patterns) => bus.existing(patterns),
        logger,
        metrics,
      })
    : undefined;
  const partnerTopics = partnerDoor ? [partnerTopic('*', 'in')] : [];
  const deadLetters = new DeadLetters(
    connection,
    [inbox, partnerDoor].filter((r) => r !== undefined),
  );
  health.report('service', () => ({
    state: state === 'ready' ? 'ok' : 'failed',
    detail: state === 'starting' && trouble ? `starting: ${trouble}` : state,
  }));
  health.measure('database', pinging(connection), databaseHealth);
  health.measure('order', () => deadLetters.parked.held(), orderHealth);
  health.measure('parked', () => deadLetters.parked.countPlain(), parkedHealth);
  const keys = issuerKeys(config.AUTH_JWKS_URL);
  health.measure(
    'keys',
    () => keysHealth(keys),
    (answer) => answer ?? { state: 'failed', detail: 'not known yet' },
  );
  const needed = [...new Set([...topics, ...topicsOf(name)])];
  const watch = new KafkaWatch(bus, needed, startFault);
  health.measure(
    'kafka',
    () => watch.look(),
    (answer) => answer ?? { state: 'degraded', detail: 'does not answer' },
  );
  const stuck = new Stuck(connection);
  health.measure(
    'outbox',
    () => stuck.summary(),
    (summary) => outboxHealth(summary, relay.trouble()),
  );
  if (topics.length > 0) health.report('events', () => readerHealth(subscriber));
  if (inbox) {
    const { parked, unknown } = inbox;
    const waiting = async () => ({ newer: await parked.newerTypes(), unknown: await unknown.types() });
    health.measure('releases', waiting, releasesHealth);
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
  if (partnerDoor) health.report('partners', () => readerHealth(partnerSubscriber));
  const logWatch = new LogWatch(connection, bus, logger);
  if (topics.length > 0 || partnerDoor) health.measure('logs', () => logWatch.differing(), logsHealth);
  const stopped = async (): Promise<ReadonlyMap<string, string>> =>
    new Map([
      ...(await logWatch.differing()),
      ...(subscriber?.stopped() ?? []),
      ...(partnerSubscriber?.stopped() ?? []),
    ]);

  const document = apiDocument(name);
  const imports = definition.imports?.(context, parts);
  const before = definition.before?.(context, parts);
  const routes = Router().use(
    ...(before ? [before] : []),
    dispatch(document, [
      definition.routes(context, parts),
      imports ? importRoutes(context, imports, document, quotaOf(config)) : {},
      deadLetterRoutes(connection, deadLetters),
      stuckRoutes(connection, stuck, () => relay.tryAgain()),
      stoppedPartitionRoutes(connection, bus, stopped),
      auditRoutes(connection),
    ]),
  );
  const app = createApp({
    document,
    config,
    keys,
    logger,
    metrics,
    routes,
    rights: new Rights(document, {
      ...definition.ownership?.(context, parts),
      ...(imports ? importOwnership(connection) : {}),
    }),
    health: health.routes(),
    ready: () => state === 'ready',
  });
  const server = createLimitedServer(app, config, logger);
  answerBrokenRequests(server);

  const stopParts = async () => {
    await background?.stop();
    await sweeping.stop();
    await Promise.all([subscriber?.close(), partnerSubscriber?.close()]);
    await inbox?.store();
    await partnerDoor?.store();
    await relay.stop();
    await publisher.close().catch(() => undefined);
    await bus.close();
    await connection.close();
  };
  createTerminus(server, {
    signals: ['SIGTERM', 'SIGINT'],
    timeout: 20_000,
    onSignal: async () => {
      state = 'stopping';
      health.stop();
      metrics.stop();
      logger.info('stopping: what is under way is finished first');
      clearInterval(positionCheck);
      if ((await within(STOPS_WITHIN_MS, stopParts(), LATE)) === LATE)
        logger.error({ seconds: STOPS_WITHIN_MS / 1000 }, 'something did not end in time: the process ends without it');
    },
    onShutdown: async () => {
      logger.info('stopped');
    },
    logger: (message, error) => logger.debug({ reason: error.message }, message),
    useExit0: true,
  });
  server.on('error', (error) => {
    startFault(listenFault(error, config.PORT), error);
  });
  server.listen(config.PORT, () => logger.info({ port: config.PORT }, 'listening'));

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
    async () => (await stopped()).size,
  );
  metrics.observe('gpect_inbox_position', 'Events of all topics up to which this service has read', async () =>
    sum((await readPositions(connection)).values()),
  );
  metrics.observe('gpect_inbox_lag', 'Events not yet read, over all topics', async () => {
    const positions = await readPositions(connection);
    const existing = await bus.existing([...topics, ...partnerTopics]);
    const ends = await Promise.all(existing.map(async (topic) => [topic, await bus.endOffsets(topic)] as const));
    return sum(
      ends.flatMap(([topic, partitions]) =>
        [...partitions].map(([partition, end]) => end - (positions.get(`${topic}/${partition}`) ?? 0)),
      ),
    );
  });

  metrics.observe(
    'gpect_workbooks_waiting',
    'Workbooks that wait for a reader',
    async () => readerPlaces.counts.waiting,
  );

  for (const { name: gauge, help, read: measure } of definition.gauges ?? [])
    metrics.observe(gauge, help, () => measure(context));

  const start = async (): Promise<void> => {
    await connect(connection, config.MONGO_URL);
    await prepare(definition, context);
    await deadLetters.parked.ensureIndexes();
    await new Aside(connection).ensureIndexes();
    await partnerDoor?.answers.ensureIndexes();
    relay.start();
    await background?.start();
    if (inbox) {
      subscriber = bus.subscribe({
        groupId: `gpect.${name}`,
        topics,
        positions: () => inbox.positions(),
        onBatch: (batch) => inbox.onBatch(batch),
        onRenewed: (why) => metrics.renewed.inc({ why }),
      });
    }
    if (partnerDoor) {
      partnerSubscriber = bus.subscribe({
        groupId: `gpect.${name}.partners`,
        topics: partnerTopics,
        inTurn: PARTNERS_IN_TURN,
        positions: () => readPositions(connection),
        onBatch: (batch) => partnerDoor.onBatch(batch),
        onRenewed: (why) => metrics.renewed.inc({ why }),
      });
    }
    positionCheck = setInterval(() => {
      inbox?.newer.take().catch((error: unknown) => logger.debug({ err: error }, 'kept events cannot be taken now'));
      void followRebuild(connection, inbox, subscriber, logger);
      void followRebuild(connection, partnerDoor, partnerSubscriber, logger);
    }, POSITION_CHECK_MS);
    state = 'ready';
    logger.info('ready');
  };
  void untilItWorks(
    start,
    (error) => {
      const fault = databaseFault(error);
      trouble = fault.reason;
      startFault({ ...fault, reason: `not ready: ${fault.reason}` }, error);
    },
    () => state === 'stopping',
  );
}

const isSentTo = ({
  partnerCommands,
  answersTheRest = false,
}: Pick<ServiceDefinition, 'partnerCommands' | 'answersTheRest'>) => partnerCommands !== undefined || answersTheRest;

/** What it does with events: its own handler, and what it has to know of partners where they send it something. */
function handlerOf<Name extends ServiceName, Parts>(
  definition: ServiceDefinition<Name, Parts>,
  context: ServiceContext,
  parts: Parts,
): EventHandler | undefined {
  const own = definition.events?.(context, parts);
  return isSentTo(definition) ? withFacts(own, partnerFacts(context.connection)) : own;
}

/** The types of events that a service reads, as its handlers say. They are made without their servers: nothing is read. */
export function typesReadBy<Name extends ServiceName, Parts>(definition: ServiceDefinition<Name, Parts>): string[] {
  const connection = createDatabase();
  const runner = new CommandRunner(connection, `/services/${definition.name}`, () => undefined);
  const handler = handlerOf(definition, { connection, runner } as ServiceContext, undefined as Parts);
  return handler ? [...handledTypes(handler)].sort() : [];
}

type Kept = Pick<ServiceDefinition, 'name' | 'aggregates' | 'collections'> & { readonly imports?: unknown };

/** All its collections beside those that every service has. */
const ownCollections = ({ collections = [], imports }: Kept): string[] => [
  ...collections,
  ...(imports ? [...IMPORT_COLLECTIONS, UPLOAD_DAYS] : []),
];

/** Whoever opens a service's database asks for it first: two services in one would each take the other's for its own. */
export function claimOwnDatabase(connection: mongoose.Connection, definition: Kept): Promise<void> {
  const { name, aggregates } = definition;
  return claimDatabase(connection, name, [...INTERNAL_COLLECTIONS, ...aggregates, ...ownCollections(definition)]);
}

/** Collections and indexes exist before the first transaction: none is created inside one. */
async function prepare(
  definition: Kept & Pick<ServiceDefinition, 'indexes'>,
  { connection, door }: ServiceContext,
): Promise<void> {
  await claimOwnDatabase(connection, definition);
  for (const aggregate of definition.aggregates) await stateModel(connection, aggregate).createCollection();
  const db = connection.getClient().db(connection.name);
  const existing = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map((c) => c.name));
  for (const collection of [...INTERNAL_COLLECTIONS, ...ownCollections(definition)])
    if (!existing.has(collection)) await db.createCollection(collection);
  try {
    await door.answers.ensureIndexes();
    await ensureInboxIndexes(connection);
    await indexAudit(connection);
    if (definition.imports) {
      await new KeptRefusals(connection).ensureIndexes();
      await indexUploadDays(connection);
    }
    await definition.indexes?.(connection);
  } catch (error) {
    throw await withCollectionOfIndex(connection, error);
  }
}

/** The topics that a service writes to itself. */
const topicsOf = (name: ServiceName): string[] => [
  ...(name === 'reporting' ? [] : [`gpect.${name}.events`]),
  `gpect.${name}.dead-letter`,
];

function listenFault(error: NodeJS.ErrnoException, port: number): StartFault {
  const why =
    error.code === 'EADDRINUSE' ? 'another process has it' : `the system refuses it (${error.code ?? error.name})`;
  return { heals: false, reason: `cannot listen on port ${port}: ${why}; give PORT a free one` };
}

/** When the database stands behind what this process knows (it was emptied to be rebuilt), reading goes back to there. */
async function followRebuild(
  connection: mongoose.Connection,
  reader: Pick<Inbox, 'known' | 'forget'> | undefined,
  subscriber: Subscriber | undefined,
  logger: Logger,
): Promise<void> {
  try {
    const known = reader?.known() ?? new Map<string, number>();
    if (known.size === 0) return;
    const positions = await readPositions(connection);
    for (const [key, next] of known) {
      const stored = positions.get(key) ?? 0;
      if (stored >= next || stored === HELD) continue;
      const { topic, number } = placeOfPartition(key);
      logger.info(
        { partition: key, from: next, to: stored },
        'the database stands further back: reading again from there',
      );
      reader?.forget(key);
      subscriber?.seek(topic, number, stored);
    }
  } catch (error) {
    logger.debug({ err: error }, 'positions cannot be read now');
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
