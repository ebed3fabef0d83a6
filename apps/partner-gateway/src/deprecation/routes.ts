import type { components } from '@gpect/contracts/generated/api-partner-gateway';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { type Deprecated, deprecation } from './deprecation.js';

/** Every version that ends, in the order in which they end. */
export async function deprecationsOf(runner: CommandRunner): Promise<Deprecated[]> {
  const states = await runner.startingWith<Deprecated | null>(deprecation.collection, '');
  return states.flatMap((state) => (state ? [state] : [])).sort((a, b) => a.endsOn.localeCompare(b.endsOn));
}

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
