import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { requirePosition } from '../keeping/head.js';
import type { Keeper } from '../keeping/keeper.js';
import { keptFrom } from '../keeping/kept-events.js';

/** Another replica may have kept what this one does not hear of. */
const LOOK_AGAIN_MS = 1000;

export function pollRoutes({ connection }: ServiceContext, keeper: Keeper): Router {
  return Router().get('/partners/:partner/events', async (request, response) => {
    const { partner } = request.params;
    const { from = 0, limit = 100, wait = 0 } = request.query as { from?: number; limit?: number; wait?: number };
    const until = Date.now() + Number(wait) * 1000;
    let found = await keptFrom(connection, partner, Number(from), Number(limit));
    if (found.length === 0)
      await requirePosition(connection, partner, Number(from), { in: 'query', parameter: 'from' });
    while (found.length === 0 && Date.now() < until && !request.socket.destroyed) {
      await keeper.more(partner, Math.min(LOOK_AGAIN_MS, Math.max(1, until - Date.now())));
      found = await keptFrom(connection, partner, Number(from), Number(limit));
    }
    response.json({
      events: found.map(({ position, event }) => ({ position, event: JSON.parse(event) as object })),
      next: (found.at(-1)?.position ?? Number(from) - 1) + 1,
    });
  });
}
