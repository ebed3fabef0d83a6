import type { components } from '@gpect/contracts/generated/api-evaluation';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { versionsOf } from './lookup.js';
import { questionnaire, questionnaireId } from './questionnaire.js';
import { SCORED, TRENDS } from './questions.js';

type Schemas = components['schemas'];

export function questionnaireRoutes({ commands, runner }: ServiceContext) {
  return {
    'GET /questionnaires/{programme}': async (asked, response) => {
      const versions = await versionsOf(runner, asked.params.programme);
      const shown: Schemas['Questionnaires'] = {
        versions: versions.map(({ questions, ...version }) => ({
          ...version,
          questions: [...SCORED, ...TRENDS, ...questions],
        })),
      };
      response.json(shown);
    },
    'POST /questionnaires/{programme}': async (asked, response) => {
      const { programme } = asked.params;
      const version = asked.body;
      const publish = { kind: 'publish', programme, ...version } as const;
      await commands.handle(asked, response, target(questionnaire, questionnaireId(programme), publish));
    },
  } satisfies Partial<OwnRoutes<'evaluation'>>;
}
