import type { components } from '@gpect/contracts/generated/api-enrolment';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { findProgramme } from './lookup.js';
import { gridsOf } from './maturity-grid.js';
import { programme } from './programme.js';

type Schemas = components['schemas'];

export function programmeRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.post('/programmes', async (request, response) => {
    const { code, ...rules } = request.body as Schemas['OpenProgramme'];
    await door.handle(
      request,
      response,
      target(programme, code, { kind: 'open', programme: { programme: code, ...rules } }),
    );
  });
  router.get('/programmes/:programme', async (request, response) => {
    const found = await findProgramme(runner, request.params.programme);
    const { programme: code, grids: _grids, ...rules } = found;
    const shown: Schemas['Programme'] = {
      code,
      ...rules,
      maturityGrids: gridsOf(found).map((grid) => ({ ...grid, criteria: [...grid.criteria] })),
    };
    response.json(shown);
  });
  router.post('/programmes/:programme/maturity-grids', async (request, response) => {
    const grid = request.body as Schemas['PublishMaturityGrid'];
    await door.handle(request, response, target(programme, request.params.programme, { kind: 'publish-grid', grid }));
  });
  return router;
}
