import type { components } from '@gpect/contracts/generated/api-evaluation';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { type AssessCooperation, type Cooperation, cooperation } from './cooperation.js';

export function cooperationRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.get('/cooperation/:programme/:action', async (request, response) => {
    const id = inProgramme(request.params.programme, request.params.action);
    const found = (await runner.load<Cooperation>(cooperation.collection, [id])).get(id);
    if (!found) throw problemOf({ code: 'cooperation_unknown', kind: 'unknown', detail: `${id} was not assessed yet` });
    response.json({ programme: found.programme, action: found.action, ...found.moments });
  });
  router.post('/cooperation/:programme/:action/:moment', async (request, response) => {
    const { programme, action, moment } = request.params;
    const command: AssessCooperation = {
      kind: 'assess',
      programme,
      action,
      // The contract lets no other moment in.
      moment: moment as AssessCooperation['moment'],
      assessment: request.body as components['schemas']['AssessCooperation'],
      today: todayInParis(new Date()),
    };
    await door.handle(request, response, target(cooperation, inProgramme(programme, action), command));
  });
  return router;
}
