import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from '../observability/logger.js';
import { languageOf } from './language.js';
import type { Problem } from './problem.js';
import { problemOfError } from './problem-of-error.js';
import { logRefusal } from './security-log.js';

/** The one handler of errors: whatever went wrong is answered as problem details (RFC 9457), and what is our fault is logged. */
export function writeProblem(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    request.resume(); // an upload that nobody reads would keep its sender waiting
    if (response.headersSent) return next(error);
    const problem = request.tokenRefusal ?? problemOfError(error, request);
    logRefusal(logger, request, problem);
    if (problem.status >= 500) logger.error({ err: error, method: request.method, url: request.url }, problem.title);
    const { retryAfter = problem.status === 503 ? 2 : undefined } = problem;
    if (retryAfter !== undefined) response.set('retry-after', String(retryAfter));
    if (problem.status === 401) response.set('www-authenticate', challengeOf(request, problem));
    response
      .status(problem.status)
      .type('application/problem+json')
      .json(problem.body(languageOf(request)));
  };
}

/** RFC 6750: without a token nothing but the scheme, with one that is not taken why not. */
function challengeOf(request: Request, { more: { detail } }: Problem): string {
  if (!request.headers.authorization) return 'Bearer realm="gpect"';
  // A quoted string holds printable ASCII without quotes and backslashes.
  const because = (detail ?? 'no valid token').replace(/[^\x20-\x7e]|["\\]/g, "'");
  return `Bearer realm="gpect", error="invalid_token", error_description="${because}"`;
}
