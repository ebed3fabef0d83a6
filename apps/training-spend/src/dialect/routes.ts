import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { dialects, type WrittenDialect } from './dialect.js';
import { newestDialect, newestDialects, versionsOf } from './dialects.js';

export function dialectRoutes({ connection, door }: ServiceContext): Router {
  const router = Router();
  router.get('/dialects', async (_request, response) => {
    response.json({ dialects: await newestDialects(connection) });
  });
  router.get('/dialects/:funder', async (request, response) => {
    await newestDialect(connection, request.params.funder);
    response.json({ versions: [...(await versionsOf(connection, request.params.funder))].reverse() });
  });
  router.post('/dialects/:funder', async (request, response) => {
    const { funder } = request.params;
    const dialect = request.body as WrittenDialect;
    await door.handle(request, response, target(dialects, funder, { kind: 'publish', funder, dialect }));
  });
  return router;
}
