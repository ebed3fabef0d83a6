import { Problem } from '@gpect/service-kit/http/problem';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const WINDOW_SECONDS = 10;

/**
 * So that one partner's system cannot starve the others: requests of each partner, whoever's token they carry, within a
 * window of 10 s, counted by each replica for itself. Beyond it 429 with `Retry-After`, and nothing was done.
 */
export function limitPartners(requestsPerSecond: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_SECONDS * 1000,
    limit: Math.ceil(requestsPerSecond * WINDOW_SECONDS),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: ({ params }) => String(params['partner']),
    handler: (_request, _response, next) =>
      next(
        new Problem(429, 'too-many-requests', 'More requests than this partner may make', {
          detail: `at most ${requestsPerSecond} a second are taken, counted over ${WINDOW_SECONDS} s: wait as Retry-After says and send the same again, or send batches`,
        }),
      ),
  });
}
