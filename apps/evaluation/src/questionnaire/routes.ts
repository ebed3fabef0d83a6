import type { components } from '@gpect/contracts/generated/api-evaluation';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { versionsOf } from './lookup.js';
import { questionnaire, questionnaireId } from './questionnaire.js';
import { SCORED, TRENDS } from './questions.js';

type Schemas = components['schemas'];

export function questionnaireRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.get('/questionnaires/:programme', async (request, response) => {
    const versions = await versionsOf(runner, request.params.programme);
    const shown: Schemas['Questionnaires'] = {
      versions: versions.map(({ questions, ...version }) => ({
        ...version,
        questions: [...SCORED, ...TRENDS, ...questions],
      })),
    };
    response.json(shown);
  });
  router.post('/questionnaires/:programme', async (request, response) => {
    const { programme } = request.params;
    const version = request.body as Schemas['PublishQuestionnaire'];
    const publish = { kind: 'publish', programme, ...version } as const;
    await door.handle(request, response, target(questionnaire, questionnaireId(programme), publish));
  });
  return router;
}
