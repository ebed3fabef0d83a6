import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { REGISTER } from './register.js';

export function schemeRoutes() {
  return {
    'GET /schemes': (_asked, response) => {
      response.json({
        schemes: REGISTER.schemes.map(({ names: _, ...scheme }) => scheme),
        organisations: REGISTER.organisations,
      });
    },
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}
