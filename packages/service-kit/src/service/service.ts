import { createTerminus } from '@godaddy/terminus';
import { apiDocument, type ServiceName } from '@gpect/contracts/api-documents';
import { Router } from 'express';
import { CommandRunner } from '../aggregate/command-runner.js';
import { auditRoutes } from '../audit/audit-routes.js';
import type { ServiceConfig } from '../config/config.js';
import { deadLetterRoutes } from '../dead-letters/routes.js';
import { Health } from '../health/health.js';
import { answerBrokenRequests } from '../http/broken-request.js';
import { CommandHandler } from '../http/commands.js';
import { dispatch } from '../http/dispatch.js';
import { issuerKeys } from '../http/issuer-keys.js';
import { createLimitedServer } from '../http/server-limits.js';
import { stoppedPartitionRoutes } from '../inbox/log-routes.js';
import { connectKafka } from '../kafka/kafka.js';
import { connect, createDatabase, untilItWorks } from '../mongo/connection.js';
import { databaseFault } from '../mongo/database-fault.js';
import { createLogger, type Logger } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import { Relay } from '../outbox/relay.js';
import { Stuck } from '../outbox/stuck.js';
import { stuckRoutes } from '../outbox/stuck-routes.js';
import { Rights } from '../rights/rights.js';
import { LATE, within } from '../time/within.js';
import { createApp } from './app.js';
import { handlerOf, type ServiceContext, type ServiceDefinition } from './definition.js';
import { prepareDatabase } from './own-database.js';
import { Readers } from './readers.js';
import { faultsOf, listenFault } from './start-faults.js';
import { observeAll, reportHealth, type Watched } from './watched.js';

/** What does not end when it is asked to, ends with the process: whoever starts services anew waits for that. */
const STOPS_WITHIN_MS = 20_000;

/** Runs a service until SIGTERM: HTTP at once, everything else as soon as the servers behind it are there. */
export function runService<Name extends ServiceName, Parts>(
  definition: ServiceDefinition<Name, Parts>,
  config: ServiceConfig,
): void {
  const { name } = definition;
  const logger = createLogger(name, config.LOG_LEVEL);
  const metrics = new Metrics(name);
  const { context, relay, close } = connected(name, config, logger, metrics);
  const { extensions = [] } = definition;
  const beside = extensions.flatMap((extension) => extension.background?.(context) ?? []);
  for (const work of beside) void work.start();
  const { connection, health, document } = context;
  // Without a maker of parts, Parts is undefined.
  const parts = definition.parts?.(context) as Parts;
  const background = definition.background?.(context, parts);
  const handler = handlerOf(definition, context, parts);
  const readers = new Readers(
    { name, context, metrics, app: (request, response) => app(request, response) },
    handler,
    extensions,
  );
  const stuck = new Stuck(connection);
  const keys = issuerKeys(config.AUTH_JWKS_URL);
  const watched: Watched = { name, context, readers, relay, stuck, keys };
  let state: 'starting' | 'ready' | 'stopping' = 'starting';
  let trouble = '';
  const startFault = faultsOf(logger);

  health.report('service', () => ({
    state: state === 'ready' ? 'ok' : 'failed',
    detail: state === 'starting' && trouble ? `starting: ${trouble}` : state,
  }));
  reportHealth(watched, startFault);
  observeAll(
    metrics,
    watched,
    [definition, ...extensions].flatMap(({ gauges = [] }) => gauges),
  );

  const app = createApp({
    document,
    config,
    keys,
    logger,
    metrics,
    routes: routesOf(definition, parts, watched),
    rights: new Rights(
      document,
      Object.assign({ ...definition.ownership?.(context, parts) }, ...extensions.map((e) => e.ownership?.(connection))),
    ),
    health: health.routes(),
    ready: () => state === 'ready',
  });
  const server = createLimitedServer(app, config, logger);
  answerBrokenRequests(server);
  server.on('error', (error) => {
    startFault(listenFault(error, config.PORT), error);
  });

  const stopParts = async () => {
    await background?.stop();
    for (const work of beside) await work.stop();
    await readers.close();
    await close();
  };
  createTerminus(server, {
    signals: ['SIGTERM', 'SIGINT'],
    timeout: 20_000,
    onSignal: async () => {
      state = 'stopping';
      health.stop();
      metrics.stop();
      readers.stopLooking();
      logger.info('stopping: what is under way is finished first');
      if ((await within(STOPS_WITHIN_MS, stopParts(), LATE)) === LATE)
        logger.error({ seconds: STOPS_WITHIN_MS / 1000 }, 'something did not end in time: the process ends without it');
    },
    onShutdown: async () => {
      logger.info('stopped');
    },
    logger: (message, error) => logger.debug({ reason: error.message }, message),
    useExit0: true,
  });
  server.listen(config.PORT, () => logger.info({ port: config.PORT }, 'listening'));

  const start = async (): Promise<void> => {
    await connect(connection, config.MONGO_URL);
    await prepareDatabase(definition, context);
    await readers.ensureIndexes();
    relay.start();
    await background?.start();
    readers.start();
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

/** What routes and reactions are built from, not connected yet, and the relay behind it. */
function connected(name: ServiceName, config: ServiceConfig, logger: Logger, metrics: Metrics) {
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
  const commands = new CommandHandler(connection, runner);
  const health = new Health(name, metrics.health);
  const context: ServiceContext = {
    config,
    document: apiDocument(name),
    connection,
    runner,
    commands,
    logger,
    bus,
    health,
  };
  const close = async () => {
    await relay.stop();
    await publisher.close().catch(() => undefined);
    await bus.close();
    await connection.close();
  };
  return { context, relay, close };
}

/** Its own routes, and those that every service has. */
function routesOf<Name extends ServiceName, Parts>(
  definition: ServiceDefinition<Name, Parts>,
  parts: Parts,
  { context, readers, relay, stuck }: Watched,
): Router {
  const { connection, bus, document } = context;
  const before = definition.before?.(context, parts);
  return Router().use(
    ...(before ? [before] : []),
    dispatch(document, [
      definition.routes(context, parts),
      deadLetterRoutes(connection, readers.deadLetters),
      stuckRoutes(connection, stuck, () => relay.tryAgain()),
      stoppedPartitionRoutes(connection, bus, () => readers.stopped()),
      auditRoutes(connection),
    ]),
  );
}
