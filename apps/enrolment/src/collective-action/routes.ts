import type { components } from '@gpect/contracts/generated/api-enrolment';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { findProgramme } from '../programme/lookup.js';
import { type CollectiveActionCommand, collectiveAction } from './collective-action.js';

type Schemas = components['schemas'];

export function collectiveActionRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.post('/collective-actions', async (request, response) => {
    const { code, ...rest } = request.body as Schemas['LaunchCollectiveAction'];
    const { basins } = await findProgramme(runner, rest.programme);
    const command: CollectiveActionCommand = {
      kind: 'launch',
      action: { action: code, ...rest },
      programmeBasins: basins.map((b) => b.code),
    };
    await door.handle(request, response, target(collectiveAction, inProgramme(rest.programme, code), command));
  });
  router.post('/collective-actions/:programme/:action/phases', async (request, response) => {
    const { programme, action } = request.params;
    const command: CollectiveActionCommand = { kind: 'start-phase', ...(request.body as Schemas['StartPhase']) };
    await door.handle(request, response, target(collectiveAction, inProgramme(programme, action), command));
  });
  router.post('/collective-actions/:programme/:action/platforms', async (request, response) => {
    const { programme, action } = request.params;
    const command: CollectiveActionCommand = {
      kind: 'establish-platform',
      ...(request.body as Schemas['EstablishPlatform']),
    };
    await door.handle(request, response, target(collectiveAction, inProgramme(programme, action), command));
  });
  return router;
}
