import type { components } from '@gpect/contracts/generated/api-evaluation';
import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type PracticeSurvey, practices, practicesId, type SurveyPractices } from './practices.js';

type Schemas = components['schemas'];

export function practiceRoutes({ commands, runner }: ServiceContext) {
  return {
    'GET /practices/{programme}/{funder}': async (asked, response) => {
      const { programme, funder } = asked.params;
      const id = practicesId(programme, funder);
      const found = (await runner.load<readonly PracticeSurvey[]>(practices.collection, [id])).get(id) ?? [];
      const shown: Schemas['Practices'] = {
        funder,
        surveys: [...found].sort((a, b) => a.surveyedOn.localeCompare(b.surveyedOn)),
      };
      response.json(shown);
    },
    'POST /practices/{programme}/{funder}': async (asked, response) => {
      const { programme, funder } = asked.params;
      const surveyed = asked.body;
      const today = todayInParis(new Date());
      const command: SurveyPractices = { kind: 'survey-practices', programme, funder, surveyed, today };
      await commands.handle(asked, response, target(practices, practicesId(programme, funder), command));
    },
  } satisfies Partial<OwnRoutes<'evaluation'>>;
}
