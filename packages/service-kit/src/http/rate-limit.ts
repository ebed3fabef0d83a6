import type { Language } from '@gpect/tabular-files/messages';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { internalOf } from './in-process.js';
import { Problem } from './problem.js';
import type { Title } from './titles.js';

/** Requests are counted over so long: a burst of some seconds is nobody's harm. */
const WINDOW_SECONDS = 10;

interface Limit {
  readonly perSecond: number;
  /** Whose requests are counted together. */
  readonly keyOf: (request: Request) => string;
  readonly title: Title;
  /** What else is to be done but wait. */
  readonly advice?: Readonly<Record<Language, string>>;
}

/**
 * Refuses those who ask too often: 429 with `RateLimit` and `Retry-After`, and nothing was done. Counted by each replica for
 * itself. What is asked within the process is not limited: its own limits are those of the endpoint that it came by.
 */
export function limitRequests({ perSecond, keyOf, title, advice }: Limit): RequestHandler {
  const requests = Math.ceil(perSecond * WINDOW_SECONDS);
  return rateLimit({
    windowMs: WINDOW_SECONDS * 1000,
    limit: requests,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // What stands in X-Forwarded-For is believed as TRUST_PROXY says, and no other way.
    validate: { xForwardedForHeader: false },
    keyGenerator: keyOf,
    skip: (request) => internalOf(request) !== undefined,
    handler: (_request, response, next) => {
      const retryAfter = Number(response.getHeader('retry-after')) || WINDOW_SECONDS;
      next(
        new Problem(429, 'too-many-requests', title, {
          detail: `${requests} requests are taken in ${WINDOW_SECONDS} s (${perSecond} a second): wait ${retryAfter} s and send the same again${advice?.en ?? ''}`,
          french: `${requests} demandes sont admises en ${WINDOW_SECONDS} s (${perSecond} par seconde)\u00a0: attendez ${retryAfter} s et renvoyez la même${advice?.fr ?? ''}`,
          limit: { requests, seconds: WINDOW_SECONDS, retryAfter },
        }),
      );
    },
  });
}

/** The chain's end for those who were refused: they are counted where `which` says so, and its 429 stands for their answer. */
function countRefused(limit: RequestHandler, which: (request: Request) => boolean): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (!which(request)) return next(error);
    void limit(request, response, (limited?: unknown) => {
      if (limited) delete request.tokenRefusal;
      next(limited ?? error);
    });
  };
}

/**
 * By address, those who were refused before anybody knew who they are. Nobody else at that address waits for them: who has a
 * token is counted by who it is.
 */
export function limitRefused(perSecond: number): ErrorRequestHandler {
  const limit = limitRequests({
    perSecond,
    keyOf: ({ ip = '' }) => ipKeyGenerator(ip),
    title: 'More requests than one address may make without a token that is taken',
  });
  return countRefused(limit, ({ caller }) => caller === undefined);
}

/**
 * By who asks, as the token says: each request once, whether what stands before it let it pass or refused it. Its place is
 * right behind what learns who asks, so that it does not see what is refused later.
 */
export function limitCallers(perSecond: number): [RequestHandler, ErrorRequestHandler] {
  const limit = limitRequests({
    perSecond,
    keyOf: ({ caller, ip = '' }) => (caller ? `caller ${caller.subject}` : ipKeyGenerator(ip)),
    title: 'More requests than one caller may make',
  });
  return [limit, countRefused(limit, ({ caller }) => caller !== undefined)];
}
