import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { ServiceName } from '@gpect/contracts/api-documents';
import { Problem } from '@gpect/service-kit/http/problem';
import type { Logger } from '@gpect/service-kit/observability/logger';
import type { Request, RequestHandler } from 'express';
import type { Access } from '../session/access.js';
import { type Allowed, operationAt } from './allowed.js';

/** Request headers that every operation may have; beside them those that its contract names. */
const ASKED = ['accept', 'accept-language', 'content-type'];
const ANSWERED = [
  'content-type',
  'content-disposition',
  'content-language',
  'etag',
  'last-modified',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'tus-resumable',
  'upload-expires',
  'upload-length',
  'upload-offset',
];

/**
 * `/api/<service>/…`: the service's own API, with the token of whoever signed in and nothing else of the browser's request but what
 * the contract knows. Both bodies are passed on as they come.
 */
export function forward(
  services: ReadonlyMap<ServiceName, string>,
  allowed: readonly Allowed[],
  access: Access,
  logger: Logger,
): RequestHandler {
  return async (request, response, next) => {
    const [, service = '', path = '', search = ''] = /^\/([^/?]+)(\/[^?]*)(\?.*)?$/.exec(request.url) ?? [];
    const operation = operationAt(allowed, { service, method: request.method, path });
    if (!operation)
      return next(
        new Problem(404, 'http-404', 'Not found', {
          detail: `no service has ${request.method} ${path}: compare with its contract`,
          french: 'cette adresse n’existe pas\u00a0: comparez-la avec le contrat de l’API',
        }),
      );
    const token = await access.of(request);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await asked(`${services.get(operation.service)}${path}${search}`, {
      method: request.method,
      headers: headersFor(operation, request, token),
      redirect: 'manual',
      signal: gone.signal,
      ...bodyOf(request),
    }).catch((error: unknown) => {
      if (!gone.signal.aborted)
        logger.warn({ err: error, asked: service, method: request.method, path }, 'a service is away');
      throw away(operation.service);
    });
    response.status(answer.status).set('cache-control', 'no-store');
    for (const name of ANSWERED) {
      const value = answer.headers.get(name);
      if (value !== null) response.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location?.startsWith('/')) response.set('location', `/api/${service}${location}`);
    if (!answer.body) return void response.end();
    // Whoever goes away in the middle is no fault of anybody's, and a service that breaks off leaves the answer cut.
    await pipeline(Readable.fromWeb(answer.body as ReadableStream), response).catch(() => response.destroy());
  };
}

const asked = (url: string, options: RequestInit & { duplex?: 'half' }): Promise<Response> => fetch(url, options);

function headersFor({ headers }: Allowed, request: Request, token: string): Headers {
  const sent = new Headers({ authorization: `Bearer ${token}` });
  for (const name of [...ASKED, ...headers]) {
    const value = request.get(name);
    if (value !== undefined && name !== 'authorization') sent.set(name, value);
  }
  // Whose address it is stands in the audit trail, where the service trusts us to say so (TRUST_PROXY).
  if (request.ip) sent.set('x-forwarded-for', request.ip);
  return sent;
}

function bodyOf(request: Request): Pick<RequestInit, 'body'> & { duplex?: 'half' } {
  const has = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  return has ? { body: Readable.toWeb(request) as never, duplex: 'half' } : {};
}

function away(service: ServiceName): Problem {
  return new Problem(503, 'service-away', 'The service does not answer now', {
    detail: `${service} does not answer: what was sent may not have arrived; try again in a moment`,
    french: `le service «\u00a0${service}\u00a0» ne répond pas\u00a0: réessayez dans un instant`,
  });
}
