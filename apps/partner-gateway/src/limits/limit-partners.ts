import { limitRequests } from '@gpect/service-kit/http/rate-limit';
import type { RequestHandler } from 'express';

/** So that one partner's system cannot starve the others: requests of each partner, whoever's token they carry. */
export function limitPartners(requestsPerSecond: number): RequestHandler {
  return limitRequests({
    perSecond: requestsPerSecond,
    keyOf: ({ params }) => String(params['partner']),
    title: 'More requests than this partner may make',
    advice: { en: ', or send batches', fr: ', ou envoyez des lots' },
  });
}
