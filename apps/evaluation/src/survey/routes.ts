import { valuesOf } from '@gpect/contracts/event-contracts';
import type { components } from '@gpect/contracts/generated/api-evaluation';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { type Survey, type SurveyCommand, survey } from './survey.js';

const WAVES = valuesOf('Wave');

export function surveyRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.get('/surveys/:programme/:siret', async (request, response) => {
    const id = inProgramme(request.params.programme, request.params.siret);
    const found = (await runner.load<Survey>(survey.collection, [id])).get(id);
    if (!found) throw problemOf({ code: 'survey_unknown', kind: 'unknown', detail: `there is no survey ${id}` });
    const { waves, ...firm } = found;
    response.json({
      ...firm,
      waves: WAVES.flatMap((wave) => {
        const asked = waves[wave];
        return asked ? [{ wave, requestedOn: asked.requestedOn, ...asked.answer }] : [];
      }),
    });
  });
  router.post('/surveys/:programme/:siret/answers', async (request, response) => {
    const { programme, siret } = request.params;
    const { wave, ...answer } = request.body as components['schemas']['AnswerSurvey'];
    const command: SurveyCommand = { kind: 'answer', wave, answer, today: todayInParis(new Date()) };
    await door.handle(request, response, target(survey, inProgramme(programme, siret), command));
  });
  return router;
}
