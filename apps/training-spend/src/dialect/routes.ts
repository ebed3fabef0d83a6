import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { dialects } from './dialect.js';
import { newestDialect, newestDialects, versionsOf } from './dialects.js';

export function dialectRoutes({ connection, commands }: ServiceContext) {
  return {
    'GET /dialects': async (_asked, response) => {
      response.json({ dialects: await newestDialects(connection) });
    },
    'GET /dialects/{funder}': async ({ params: { funder } }, response) => {
      await newestDialect(connection, funder);
      response.json({ versions: [...(await versionsOf(connection, funder))].reverse() });
    },
    'POST /dialects/{funder}': async (asked, response) => {
      const { funder } = asked.params;
      await commands.handle(
        asked,
        response,
        target(dialects, funder, { kind: 'publish', funder, dialect: asked.body }),
      );
    },
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}
