import { valuesOf } from '@gpect/contracts/event-contracts';
import type { components } from '@gpect/contracts/generated/api-evaluation';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { versionsOf } from '../questionnaire/lookup.js';
import { seesNames } from './names.js';
import { type Survey, type SurveyCommand, survey } from './survey.js';

type Schemas = components['schemas'];
type SurveyAsked<Body = unknown> = RoutedRequest<{ programme: string; siret: string }, unknown, Body>;
const WAVES = valuesOf('Wave');

export function surveyRoutes({ commands, runner }: ServiceContext) {
  const idOf = ({ params }: SurveyAsked) => inProgramme(params.programme, params.siret);
  const command = (asked: SurveyAsked, response: CommandResponse, what: SurveyCommand) =>
    commands.handle(asked, response, target(survey, idOf(asked), what));

  const answered = async (
    asked: SurveyAsked<Schemas['AnswerSurvey'] | Schemas['AnswerInPart']>,
    response: CommandResponse,
    kind: 'answer' | 'answer-in-part',
  ): Promise<void> => {
    const { wave, ...said } = asked.body;
    const versions = await versionsOf(runner, asked.params.programme);
    // On paper or in an interview, somebody else's hand typed it in.
    const enteredBy = said.mode && said.mode !== 'ONLINE' ? asked.request.caller?.subject : undefined;
    const answer = { ...said, ...(enteredBy ? { enteredBy } : {}) };
    await command(asked, response, { kind, wave, answer, versions, today: todayInParis(new Date()) });
  };
  return {
    'GET /surveys/{programme}/{siret}': async (asked, response) => {
      const id = idOf(asked);
      const found = (await runner.load<Survey>(survey.collection, [id])).get(id);
      if (!found) throw problemOf({ code: 'survey_unknown', kind: 'unknown', detail: `there is no survey ${id}` });
      if (!seesNames(asked.request.caller, found))
        throw new Problem(403, 'not-yours', 'This belongs to others', {
          detail:
            'the firm has not agreed that evaluators see its answers under its name; GET /answers shows them without',
          french:
            'l’entreprise n’a pas accepté que les évaluateurs voient ses réponses sous son nom\u00a0: GET /answers les montre sans le nom',
        });
      const { waves, namingAgreedOn: _agreed, verbatims: _verbatims, ...firm } = found;
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
    },
    'POST /surveys/{programme}/{siret}/answers': (asked, response) => answered(asked, response, 'answer'),
    'POST /surveys/{programme}/{siret}/partial-answers': (asked, response) =>
      answered(asked, response, 'answer-in-part'),
    'POST /surveys/{programme}/{siret}/naming': async (asked, response) => {
      const agreed = asked.body;
      await command(asked, response, { kind: 'name', ...agreed, today: todayInParis(new Date()) });
    },
    'POST /surveys/{programme}/{siret}/verbatims': async (asked, response) => {
      await command(asked, response, { kind: 'say', verbatim: asked.body, today: todayInParis(new Date()) });
    },
    'POST /surveys/{programme}/{siret}/verbatims/{verbatim}/consent': async (asked, response) => {
      const { verbatim } = asked.params;
      await command(asked, response, { kind: 'consent', verbatim, ...asked.body, today: todayInParis(new Date()) });
    },
  } satisfies Partial<OwnRoutes<'evaluation'>>;
}
