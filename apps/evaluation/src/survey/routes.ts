import { valuesOf } from '@gpect/contracts/event-contracts';
import type { components } from '@gpect/contracts/generated/api-evaluation';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { seesNames } from '../answers/names.js';
import { versionsOf } from '../questionnaire/lookup.js';
import { type Survey, type SurveyCommand, survey } from './survey.js';

type Schemas = components['schemas'];
type SurveyRequest = Request<{ programme: string; siret: string }>;
const WAVES = valuesOf('Wave');

export function surveyRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  const idOf = ({ params }: SurveyRequest) => inProgramme(params.programme, params.siret);
  const command = (request: SurveyRequest, response: Response, what: SurveyCommand) =>
    door.handle(request, response, target(survey, idOf(request), what));
  const at = '/surveys/:programme/:siret' as const;

  router.get(at, async (request, response) => {
    const id = idOf(request);
    const found = (await runner.load<Survey>(survey.collection, [id])).get(id);
    if (!found) throw problemOf({ code: 'survey_unknown', kind: 'unknown', detail: `there is no survey ${id}` });
    if (!seesNames(request.caller, found))
      throw new Problem(403, 'not-yours', 'This belongs to others', {
        detail:
          'the firm has not agreed that evaluators see its answers under its name; GET /answers shows them without',
        french:
          'l’entreprise n’a pas accepté que les évaluateurs voient ses réponses sous son nom\u00a0: GET /answers les montre sans le nom',
      });
    const { waves, namingAgreedOn: _agreed, ...firm } = found;
    const shown: Schemas['Survey'] = {
      ...firm,
      waves: WAVES.flatMap((wave) => {
        const asked = waves[wave];
        if (!asked) return [];
        const { answer, partly, sampledOn: _on, reminders, ...rest } = asked;
        return [
          {
            wave,
            ...rest,
            ...answer,
            ...(reminders ? { reminders: [...reminders] } : {}),
            ...(partly ? { partly: { ...partly, missing: [...partly.missing] } } : {}),
          },
        ];
      }),
    };
    response.json(shown);
  });
  const answered = async (
    request: SurveyRequest,
    response: Response,
    kind: 'answer' | 'answer-in-part',
  ): Promise<void> => {
    const { wave, ...said } = request.body as Schemas['AnswerSurvey'] | Schemas['AnswerInPart'];
    const versions = await versionsOf(runner, request.params.programme);
    // On paper or in an interview, somebody else's hand typed it in.
    const enteredBy = said.mode && said.mode !== 'ONLINE' ? request.caller?.subject : undefined;
    const answer = { ...said, ...(enteredBy ? { enteredBy } : {}) };
    await command(request, response, { kind, wave, answer, versions, today: todayInParis(new Date()) });
  };
  router.post(`${at}/answers`, (request, response) => answered(request, response, 'answer'));
  router.post(`${at}/partial-answers`, (request, response) => answered(request, response, 'answer-in-part'));
  router.post(`${at}/naming`, async (request, response) => {
    const agreed = request.body as Schemas['AgreeToNaming'];
    await command(request, response, { kind: 'name', ...agreed, today: todayInParis(new Date()) });
  });
  return router;
}
