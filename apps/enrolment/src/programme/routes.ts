import type { components } from '@gpect/contracts/generated/api-enrolment';
import { disclosureRuleOf } from '@gpect/domain-values/disclosure';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { GEOGRAPHY } from './geography.js';
import { findProgramme } from './lookup.js';
import { gridsOf } from './maturity-grid.js';
import { programme } from './programme.js';

type Schemas = components['schemas'];

export function programmeRoutes({ commands, runner }: ServiceContext) {
  return {
    'POST /programmes': async (asked, response) => {
      const { code, ...rules } = asked.body;
      await commands.handle(
        asked,
        response,
        target(programme, code, { kind: 'open', programme: { programme: code, ...rules }, geography: GEOGRAPHY }),
      );
    },
    'GET /programmes/{programme}': async (asked, response) => {
      const found = await findProgramme(runner, asked.params.programme);
      const { programme: code, grids: _grids, ...rules } = found;
      const shown: Schemas['Programme'] = {
        code,
        ...rules,
        disclosure: disclosureRuleOf(found),
        maturityGrids: gridsOf(found).map((grid) => ({ ...grid, criteria: [...grid.criteria] })),
      };
      response.json(shown);
    },
    'POST /programmes/{programme}/maturity-grids': async (asked, response) => {
      const grid = asked.body;
      await commands.handle(asked, response, target(programme, asked.params.programme, { kind: 'publish-grid', grid }));
    },
  } satisfies Partial<OwnRoutes<'enrolment'>>;
}
