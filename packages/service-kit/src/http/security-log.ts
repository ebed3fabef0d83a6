import type { Request } from 'express';
import type { Logger } from '../observability/logger.js';
import { logSecurity } from '../observability/security-log.js';
import { internalOf } from './in-process.js';
import type { Problem } from './problem.js';

/** Why a line of a file was not its sender's to send. */
interface Forbidden {
  readonly reason: string;
  readonly detail: string;
}

/** A request that was refused for lack of rights. What is asked in the process is told by the endpoint that it came by. */
export function logRefusal(logger: Logger, request: Request, { status, code, more }: Problem): void {
  if ((status !== 401 && status !== 403) || internalOf(request)) return;
  logSecurity(logger, {
    security: status === 401 ? 'not-authenticated' : 'not-allowed',
    status,
    problem: code,
    ...askedBy(request),
    ...(more.detail ? { detail: more.detail } : {}),
  });
}

/** Lines of a file that were not their sender's to send: one entry for each reason, however many they are. */
export function logForbiddenLines(logger: Logger, request: Request, refused: readonly Forbidden[]): void {
  for (const [reason, { detail, lines }] of byReason(refused))
    logSecurity(logger, { security: 'not-allowed', problem: reason, ...askedBy(request), detail, lines });
}

function byReason(refused: readonly Forbidden[]): Map<string, { detail: string; lines: number }> {
  const found = new Map<string, { detail: string; lines: number }>();
  for (const { reason, detail } of refused) found.set(reason, { detail, lines: (found.get(reason)?.lines ?? 0) + 1 });
  return found;
}

function askedBy(request: Request) {
  const { caller, method, path, ip } = request;
  const operation = (request as { openapi?: { schema?: { operationId?: string } } }).openapi?.schema?.operationId;
  return {
    from: ip ?? 'unknown',
    method,
    path,
    ...(operation ? { operation } : {}),
    ...(caller ? { who: caller.subject, roles: caller.roles } : {}),
  };
}
