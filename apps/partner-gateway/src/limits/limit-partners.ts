import { Problem } from '@gpect/service-kit/http/problem';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const WINDOW_SECONDS = 10;

/**
 * So that one partner's system cannot starve the others: requests of each partner, whoever's token they carry, within a
 * window of 10 s, counted by each replica for itself. Beyond it 429 with the limit and `Retry-After`, and nothing was done;
 * `RateLimit-Policy` and `RateLimit` of every answer say how much is left.
 */
export function limitPartners(requestsPerSecond: number): RequestHandler {
  const requests = Math.ceil(requestsPerSecond * WINDOW_SECONDS);
  return rateLimit({
    windowMs: WINDOW_SECONDS * 1000,
    limit: requests,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: ({ params }) => String(params['partner']),
    handler: (_request, response, next) => {
      const retryAfter = Number(response.getHeader('retry-after')) || WINDOW_SECONDS;
      next(
        new Problem(429, 'too-many-requests', 'More requests than this partner may make', {
          detail: `${requests} requests are taken in ${WINDOW_SECONDS} s (${requestsPerSecond} a second): wait ${retryAfter} s and send the same again, or send batches`,
          limit: { requests, seconds: WINDOW_SECONDS, retryAfter },
        }),
      );
    },
  });
}
