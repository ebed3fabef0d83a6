import type { ApiDocument } from '@gpect/contracts/api-documents';
import express, { type Express, type RequestHandler, type Router } from 'express';
import OpenApiValidator from 'express-openapi-validator';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { auditContext } from '../audit/audit-trail.js';
import type { ServiceConfig } from '../config/config.js';
import { bearerCheck } from '../http/authentication.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { rightsGuard } from '../rights/guard.js';
import type { Rights } from '../rights/rights.js';
import '../http/compiled-paths.js';
import { readContentType } from '../http/content-type.js';
import { DAY_FORMAT } from '../http/day-format.js';
import type { IssuerKeys } from '../http/issuer-keys.js';
import { readJsonBody } from '../http/json-body.js';
import { requirePlainText } from '../http/plain-request.js';
import { Problem } from '../http/problem.js';
import { limitCallers, limitRefused } from '../http/rate-limit.js';
import { limitSlowBodies } from '../http/server-limits.js';
import { writeProblem } from '../http/write-problem.js';

export interface AppParts {
  readonly document: ApiDocument;
  readonly config: ServiceConfig;
  readonly keys: IssuerKeys;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly routes: Router;
  readonly rights: Rights;
  /** Answers how the service is, whether it is ready or not. */
  readonly health: Router;
  /** False until the database is there: commands are answered 503, to be sent again. */
  readonly ready: () => boolean;
}

/** The Express application of a service; it does not listen yet. */
export function createApp({
  document,
  config,
  keys,
  logger,
  metrics,
  routes,
  rights,
  health,
  ready,
}: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.TRUST_PROXY);
  // Requests are logged at debug alone (what fails by our fault always is, by writeProblem): to make each of them ready to
  // be logged costs a tenth of a small one.
  if (logger.isLevelEnabled('debug'))
    app.use(
      pinoHttp({
        logger,
        autoLogging: { ignore: (req) => /^\/(health|metrics)/.test(req.url ?? '') },
        customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'debug'),
      }),
    );
  app.use(helmet());
  app.use(timed(metrics));
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.text());
  });
  app.use(health);
  app.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  app.use((_request, _response, next) =>
    next(
      ready()
        ? undefined
        : new Problem(503, 'not-ready', 'The service is starting', {
            detail: 'try again in a moment',
            french: 'le service démarre\u00a0: réessayez dans un instant',
          }),
    ),
  );
  app.use(limitSlowBodies(), requirePlainText(), readContentType(), ...readJsonBody());
  app.use(
    OpenApiValidator.middleware({
      apiSpec: document as never,
      validateRequests: { allowUnknownQueryParameters: false, allErrors: true },
      validateResponses: config.VALIDATE_RESPONSES,
      validateSecurity: { handlers: { bearer: bearerCheck(config, keys) as never } },
      formats: { date: DAY_FORMAT },
      fileUploader: false,
      validateApiSpec: false,
    }),
  );
  app.use(...limitCallers(config.REQUESTS_PER_SECOND));
  app.use(rightsGuard(rights));
  app.use(auditContext());
  app.use(routes);
  app.use(limitRefused(config.REFUSED_PER_SECOND));
  app.use(writeProblem(logger));
  return app;
}

function timed(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const end = metrics.httpSeconds.startTimer();
    response.once('finish', () => {
      const route = (request as { openapi?: { openApiRoute?: string } }).openapi?.openApiRoute ?? 'other';
      end({ method: request.method, route, status: String(response.statusCode) });
    });
    next();
  };
}
