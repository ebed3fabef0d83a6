import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { deprecationsOf } from './announced.js';
import { deprecation } from './deprecation.js';

export function deprecationRoutes({ commands, runner }: ServiceContext) {
  return {
    'GET /deprecations': async (_asked, response) => {
      response.json({ deprecations: await deprecationsOf(runner) });
    },
    'POST /deprecations': async (asked, response) => {
      await commands.handle(asked, response, target(deprecation, asked.body.contract, asked.body));
    },
  } satisfies Partial<OwnRoutes<'partner-gateway'>>;
}
