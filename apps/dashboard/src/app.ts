import type { ServiceName } from '@gpect/contracts/api-documents';
import { Problem } from '@gpect/service-kit/http/problem';
import { limitSlowBodies } from '@gpect/service-kit/http/server-limits';
import { writeProblem } from '@gpect/service-kit/http/write-problem';
import type { Logger } from '@gpect/service-kit/observability/logger';
import type { Metrics } from '@gpect/service-kit/observability/metrics';
import compression from 'compression';
import express, { type Express, type RequestHandler, type Router } from 'express';
import type { DashboardConfig } from './config.js';
import { everyOperation } from './forward/allowed.js';
import { forward } from './forward/forward.js';
import { requireOurPage } from './http/our-page.js';
import { securityHeaders } from './http/security-headers.js';
import { timed } from './http/timed.js';
import type { SignInProvider } from './identity/provider.js';
import { Access } from './session/access.js';
import { signInRoutes } from './sign-in/routes.js';

export interface AppParts {
  readonly config: Pick<DashboardConfig, 'PUBLIC_URL' | 'SESSION_HOURS' | 'TRUST_PROXY'> & {
    readonly services: ReadonlyMap<ServiceName, string>;
  };
  readonly provider: SignInProvider;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Router;
  /** The sessions; undefined until the database and the provider are there. */
  readonly sessions: () => RequestHandler | undefined;
  /** What is served of the pages themselves. */
  readonly pages: RequestHandler;
}

const HOUR_MS = 3_600_000;

/** The Express application; it does not listen yet. */
export function createApp({ config, provider, logger, metrics, health, sessions, pages }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.TRUST_PROXY);
  app.use(securityHeaders(), timed(metrics));
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.text());
  });
  app.use(health);
  app.use(compression());
  app.use((request, response, next) => {
    if (!isOfSessions(request.path)) return next();
    const known = sessions();
    return known ? known(request, response, next) : next(notReady());
  });
  app.use(signInRoutes(provider, config.PUBLIC_URL, logger));
  app.use(
    '/api',
    requireOurPage(config.PUBLIC_URL),
    limitSlowBodies(),
    forward(config.services, everyOperation(), new Access(provider, config.SESSION_HOURS * HOUR_MS), logger),
  );
  app.use(pages);
  app.use(() => {
    throw new Problem(404, 'http-404', 'Not found');
  });
  app.use(writeProblem(logger));
  return app;
}

/** Pages themselves, and what they load, are everybody's. */
const isOfSessions = (path: string): boolean => /^\/(?:api|session|sign-in|sign-out)(?:\/|$)/.test(path);

const notReady = (): Problem =>
  new Problem(503, 'not-ready', 'The service is starting', {
    detail: 'try again in a moment',
    french: 'le service démarre\u00a0: réessayez dans un instant',
  });
