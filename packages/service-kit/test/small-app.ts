import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RequestHandler, Router } from 'express';
import { issuerKeys } from '../src/http/issuer-keys.js';
import { createLogger } from '../src/observability/logger.js';
import { Metrics } from '../src/observability/metrics.js';
import type { Ownership } from '../src/rights/ownership.js';
import { Rights } from '../src/rights/rights.js';
import { createApp } from '../src/service/app.js';

/** A contract of a few paths, whose callers have a bearer token. */
export const smallDocument = (paths: object) =>
  ({
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths,
  }) as never;

interface SmallApp {
  readonly routes: RequestHandler | Router;
  readonly ownership?: Ownership;
  /** The issuer's; one that does not answer where none are given. */
  readonly keys?: ReturnType<typeof issuerKeys>;
  readonly config?: object;
}

/** The application of a service as it stands in one, for a small contract, without the servers behind it. */
export function smallApp(document: never, { routes, ownership = {}, keys, config }: SmallApp) {
  return createApp({
    document,
    config: { VALIDATE_RESPONSES: false, AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a', ...config } as never,
    keys: keys ?? issuerKeys('http://127.0.0.1:1/'),
    logger: createLogger('x', 'silent'),
    metrics: new Metrics('x'),
    routes: Router().use(routes),
    rights: new Rights(document, ownership),
    health: Router(),
    ready: () => true,
  });
}

/** Listens on a free port. */
export async function listening(listener: RequestListener): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
