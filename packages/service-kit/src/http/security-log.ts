import type { Request } from 'express';
import type { Logger } from '../observability/logger.js';
import type { Problem } from './problem.js';

/** A door that stayed shut, for whoever watches who tries them: who, from where, what; the token and the query never. */
export function logRefusal(logger: Logger, request: Request, { status, code, more }: Problem): void {
  if (status !== 401 && status !== 403) return;
  const { caller, method, path, ip } = request;
  const operation = (request as { openapi?: { schema?: { operationId?: string } } }).openapi?.schema?.operationId;
  logger.warn(
    {
      security: status === 401 ? 'not-authenticated' : 'not-allowed',
      status,
      problem: code,
      from: ip ?? 'unknown',
      method,
      path,
      ...(operation ? { operation } : {}),
      ...(caller ? { who: caller.subject, roles: caller.roles } : {}),
      ...(more.detail ? { detail: more.detail } : {}),
    },
    status === 401 ? 'a request without a valid token was refused' : 'a request was refused: it is not its right',
  );
}
