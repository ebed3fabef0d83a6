import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { requirePosition } from '../keeping/head.js';
import type { Keeper } from '../keeping/keeper.js';
import { keptFrom } from '../keeping/kept-events.js';

/** Another replica may have kept what this one does not hear of. */
const LOOK_AGAIN_MS = 1000;

export function pollRoutes({ connection }: ServiceContext, keeper: Keeper) {
  return {
    'GET /partners/{partner}/events': async ({ params: { partner }, query, request }, response) => {
      const { from = 0, limit = 100, wait = 0 } = query;
      const until = Date.now() + wait * 1000;
      let found = await keptFrom(connection, partner, from, limit);
      if (found.length === 0) await requirePosition(connection, partner, from, { in: 'query', parameter: 'from' });
      while (found.length === 0 && Date.now() < until && !request.socket.destroyed) {
        await keeper.more(partner, Math.min(LOOK_AGAIN_MS, Math.max(1, until - Date.now())));
        found = await keptFrom(connection, partner, from, limit);
      }
      response.json({
        events: found.map(({ position, event }) => ({ position, event: JSON.parse(event) as Record<string, unknown> })),
        next: (found.at(-1)?.position ?? from - 1) + 1,
      });
    },
  } satisfies Partial<OwnRoutes<'partner-gateway'>>;
}
