import type { components } from '@gpect/contracts/generated/api-partner-gateway';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { deprecationsOf } from './announced.js';
import { deprecation } from './deprecation.js';

export function deprecationRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.get('/deprecations', async (_request, response) => {
    response.json({ deprecations: await deprecationsOf(runner) });
  });
  router.post('/deprecations', async (request, response) => {
    const announced = request.body as components['schemas']['Deprecation'];
    await door.handle(request, response, target(deprecation, announced.contract, announced));
  });
  return router;
}
