import type { ApiDocument } from '@gpect/contracts/api-documents';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import OpenApiValidator from 'express-openapi-validator';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { auditContext } from '../audit/audit-trail.js';
import type { ServiceConfig } from '../config/config.js';
import { isTransient } from '../mongo/transaction.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { type Ownership, rightsGuard } from '../rights/rights.js';
import { bearerCheck } from './authentication.js';
import { Problem } from './problem.js';

export interface AppParts {
  readonly document: ApiDocument;
  readonly config: ServiceConfig;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly routes: Router;
  readonly ownership: Ownership;
  /** False until the database is there: commands are answered 503, to be sent again. */
  readonly ready: () => boolean;
}

/** The Express application of a service; it does not listen yet. */
export function createApp({ document, config, logger, metrics, routes, ownership, ready }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
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
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  app.use((_request, _response, next) =>
    next(
      ready()
        ? undefined
        : new Problem(503, 'not-ready', 'The service is starting', { detail: 'try again in a moment' }),
    ),
  );
  app.use(express.json({ limit: '1mb', type: ['application/json', 'application/*+json'] }));
  app.use(
    OpenApiValidator.middleware({
      apiSpec: document as never,
      validateRequests: { allowUnknownQueryParameters: false, allErrors: true },
      validateResponses: config.VALIDATE_RESPONSES,
      validateSecurity: { handlers: { bearer: bearerCheck(config) as never } },
      fileUploader: false,
      validateApiSpec: false,
    }),
  );
  app.use(rightsGuard(ownership));
  app.use(auditContext());
  app.use(routes);
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

function writeProblem(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    request.resume(); // an upload that nobody reads would keep its sender waiting
    if (response.headersSent) return next(error);
    const problem = request.tokenRefusal ?? toProblem(error);
    if (problem.status >= 500) logger.error({ err: error, url: request.url }, problem.title);
    if (problem.status === 503) response.set('retry-after', '2');
    response.status(problem.status).type('application/problem+json').json(problem.body());
  };
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Malformed request',
  401: 'No valid token',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Too large',
  415: 'Media type not supported',
};

/** The validator's errors carry a status and, for a contract fault, the path and the message of each. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isTransient(error))
    return new Problem(503, 'try-again', 'The database cannot be reached now', {
      detail: 'nothing was done; send it again with the same Idempotency-Key',
    });
  const { status, message, errors } = error as {
    status?: number;
    message?: string;
    errors?: { path?: string; message: string }[];
  };
  if (typeof status !== 'number' || status >= 500)
    return new Problem(500, 'internal', 'Something went wrong on our side');
  const faults = (errors ?? []).map((e) => ({
    detail: e.message,
    ...(e.path ? { pointer: e.path.replace(/^\/body/, '') || '/' } : {}),
  }));
  const more = { ...(message ? { detail: message } : {}), ...(faults.length > 0 ? { errors: faults } : {}) };
  return new Problem(status, status === 400 ? 'malformed' : `http-${status}`, TITLES[status] ?? 'Refused', more);
}
