import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { establishment } from './establishment.js';

export function establishmentRoutes({ commands }: ServiceContext) {
  return {
    'POST /establishments/{siret}/closure': async (asked, response) => {
      const { siret } = asked.params;
      const closure = { siret, ...asked.body };
      const today = todayInParis(new Date());
      await commands.handle(asked, response, target(establishment, siret, { kind: 'record-closure', closure, today }));
    },
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}
