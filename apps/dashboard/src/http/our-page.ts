import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '@gpect/service-kit/http/problem';
import type { Request, RequestHandler } from 'express';

const READS: readonly string[] = ['GET', 'HEAD'];

/**
 * Refuses what another site makes a browser send: whatever comes from elsewhere (Fetch Metadata, else Origin), and what writes
 * without the token that only our own pages can read.
 */
export function requireOurPage(publicUrl: string): RequestHandler {
  const { origin: ours } = new URL(publicUrl);
  return (request, _response, next) => {
    if (!isFromHere(request, ours)) return next(notOurs('it was sent from another site'));
    if (READS.includes(request.method) || hasToken(request)) return next();
    return next(notOurs('it lacks the x-csrf-token of GET /session'));
  };
}

function isFromHere(request: Request, ours: string): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && READS.includes(request.method));
  const origin = request.get('origin');
  return origin === undefined || origin === ours;
}

function hasToken({ session, headers }: Request): boolean {
  const given = headers['x-csrf-token'];
  const wanted = session.signedIn?.csrf;
  return typeof given === 'string' && wanted !== undefined && timingSafeEqual(digest(given), digest(wanted));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function notOurs(why: string): Problem {
  return new Problem(403, 'not-our-page', 'This does not come from a page of ours', {
    detail: `${why}: nothing was done`,
    french:
      'la demande ne vient pas de ces pages, ou vous vous êtes reconnecté\u00a0: rien n’a été fait\u00a0; rechargez la page',
  });
}
