import type { components } from '@gpect/contracts/generated/api-evaluation';
import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { type PracticeSurvey, practices, practicesId, type SurveyPractices } from './practices.js';

type Schemas = components['schemas'];

export function practiceRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.get('/practices/:programme/:funder', async (request, response) => {
    const { programme, funder } = request.params;
    const id = practicesId(programme, funder);
    const found = (await runner.load<readonly PracticeSurvey[]>(practices.collection, [id])).get(id) ?? [];
    const shown: Schemas['Practices'] = {
      funder,
      surveys: [...found].sort((a, b) => a.surveyedOn.localeCompare(b.surveyedOn)),
    };
    response.json(shown);
  });
  router.post('/practices/:programme/:funder', async (request, response) => {
    const { programme, funder } = request.params;
    const surveyed = request.body as Schemas['SurveyPractices'];
    const today = todayInParis(new Date());
    const command: SurveyPractices = { kind: 'survey-practices', programme, funder, surveyed, today };
    await door.handle(request, response, target(practices, practicesId(programme, funder), command));
  });
  return router;
}
