import type { Metrics } from '@gpect/service-kit/observability/metrics';
import type { RequestHandler } from 'express';

/** How long answers take, by the first step of the path: what somebody asks for makes no series of its own. */
export function timed(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const end = metrics.httpSeconds.startTimer();
    response.once('finish', () =>
      end({ method: request.method, route: routeOf(request.originalUrl), status: String(response.statusCode) }),
    );
    next();
  };
}

const KNOWN = /^\/(?:api\/[a-z-]{1,20}|session|sign-in|sign-out|assets)(?=[/?]|$)/;
const routeOf = (url: string): string => KNOWN.exec(url)?.[0] ?? 'pages';
