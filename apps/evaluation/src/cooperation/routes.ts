import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type AssessCooperation, type Cooperation, cooperation } from './cooperation.js';

export function cooperationRoutes({ commands, runner }: ServiceContext) {
  return {
    'GET /cooperation/{programme}/{action}': async (asked, response) => {
      const id = inProgramme(asked.params.programme, asked.params.action);
      const found = (await runner.load<Cooperation>(cooperation.collection, [id])).get(id);
      if (!found)
        throw problemOf({ code: 'cooperation_unknown', kind: 'unknown', detail: `${id} was not assessed yet` });
      response.json({ programme: found.programme, action: found.action, ...found.moments });
    },
    'POST /cooperation/{programme}/{action}/{moment}': async (asked, response) => {
      const { programme, action, moment } = asked.params;
      const command: AssessCooperation = {
        kind: 'assess',
        programme,
        action,
        moment,
        assessment: asked.body,
        today: todayInParis(new Date()),
      };
      await commands.handle(asked, response, target(cooperation, inProgramme(programme, action), command));
    },
  } satisfies Partial<OwnRoutes<'evaluation'>>;
}
