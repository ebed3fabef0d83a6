import { createTerminus } from '@godaddy/terminus';
import { connectionFault } from '@gpect/service-kit/config/start-fault';
import { Health } from '@gpect/service-kit/health/health';
import { answerBrokenRequests } from '@gpect/service-kit/http/broken-request';
import { createLimitedServer } from '@gpect/service-kit/http/server-limits';
import { connect, createDatabase, untilItWorks } from '@gpect/service-kit/mongo/connection';
import { databaseFault } from '@gpect/service-kit/mongo/database-fault';
import { createLogger } from '@gpect/service-kit/observability/logger';
import { Metrics } from '@gpect/service-kit/observability/metrics';
import { faultsOf, listenFault } from '@gpect/service-kit/service/start-faults';
import type { RequestHandler } from 'express';
import { createApp } from './app.js';
import type { DashboardConfig } from './config.js';
import { pages } from './http/pages.js';
import { mappingIn } from './identity/claims.js';
import { SignInProvider } from './identity/provider.js';
import { ensureIndexes, sessions } from './session/sessions.js';

const NAME = 'dashboard';
const MINUTE_MS = 60_000;
const STOPS_WITHIN_MS = 20_000;

/** Serves the pages until SIGTERM: HTTP at once, sessions as soon as the database and the provider are there. */
export function runDashboard(config: DashboardConfig): void {
  const logger = createLogger(NAME, config.LOG_LEVEL);
  const metrics = new Metrics(NAME);
  const health = new Health(NAME, metrics.health);
  const connection = createDatabase();
  const provider = providerOf(config);
  const startFault = faultsOf(logger);
  let known: RequestHandler | undefined;
  let stopping = false;

  health.report('service', () => (stopping ? failed('stopping') : ok('serving')));
  health.report('provider', () =>
    provider.isKnown ? ok('people can sign in') : failed('OIDC_ISSUER was not found yet: nobody can sign in'),
  );
  health.measure(
    'sessions',
    () => connection.db?.admin().ping() ?? Promise.reject(new Error('not connected')),
    (answer) => (answer ? ok('the database answers') : failed('the database of the sessions does not answer')),
  );

  const app = createApp({
    config,
    provider,
    logger,
    metrics,
    health: health.routes(),
    sessions: () => known,
    pages: pages(),
  });
  const server = createLimitedServer(app, config, logger);
  answerBrokenRequests(server);
  server.on('error', (error) => startFault(listenFault(error, config.PORT), error));
  createTerminus(server, {
    signals: ['SIGTERM', 'SIGINT'],
    timeout: STOPS_WITHIN_MS,
    beforeShutdown: async () => {
      stopping = true;
      health.stop();
      metrics.stop();
      logger.info('stopping: what is under way is finished first');
    },
    onSignal: () => connection.close(),
    onShutdown: async () => logger.info('stopped'),
    logger: (message, error) => logger.debug({ reason: error.message }, message),
    useExit0: true,
  });
  server.listen(config.PORT, () => logger.info({ port: config.PORT }, 'listening'));

  const isStopping = () => stopping;
  const openSessions = async () => {
    await connect(connection, config.MONGO_URL);
    await ensureIndexes(connection);
    known = sessions(connection, {
      secret: config.SESSION_SECRET,
      idleMs: config.SESSION_IDLE_MINUTES * MINUTE_MS,
      secure: config.PUBLIC_URL.startsWith('https:'),
    });
  };
  const notYet = (error: unknown) => {
    const fault = databaseFault(error);
    startFault({ ...fault, reason: `not ready: ${fault.reason}` }, error);
  };
  const notFound = (error: unknown) => {
    const { reason = 'it does not answer as a provider' } = connectionFault(error) ?? {};
    startFault({ heals: true, reason: `not ready: OIDC_ISSUER: ${reason}` }, error);
  };
  void untilItWorks(() => provider.discover(), notFound, isStopping)
    .then(() => untilItWorks(openSessions, notYet, isStopping))
    .then(() => logger.info('ready'));
}

function providerOf(config: DashboardConfig): SignInProvider {
  return new SignInProvider({
    issuer: config.OIDC_ISSUER,
    internalUrl: config.OIDC_INTERNAL_URL,
    clientId: config.OIDC_CLIENT_ID,
    clientSecret: config.OIDC_CLIENT_SECRET,
    scope: config.OIDC_SCOPE,
    userinfo: config.OIDC_USERINFO,
    mapping: mappingIn(config.OIDC_CLAIMS),
    callback: `${config.PUBLIC_URL}/sign-in/callback`,
    home: `${config.PUBLIC_URL}/`,
    insecure: config.DEVELOPMENT,
  });
}

const ok = (detail: string) => ({ state: 'ok' as const, detail });
const failed = (detail: string) => ({ state: 'failed' as const, detail });
