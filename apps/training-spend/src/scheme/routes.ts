import { ORGANISATIONS } from '@gpect/reference-data/organisations';
import { SCHEMES } from '@gpect/reference-data/schemes';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';

export function schemeRoutes() {
  return {
    'GET /schemes': (_asked, response) => {
      response.json({ schemes: SCHEMES.map(({ names: _, ...scheme }) => scheme), organisations: ORGANISATIONS });
    },
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}
