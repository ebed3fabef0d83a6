import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { type Closure, establishment } from './establishment.js';

export function establishmentRoutes({ door }: ServiceContext): Router {
  return Router().post('/establishments/:siret/closure', async (request, response) => {
    const { siret } = request.params;
    const closure: Closure = { siret, ...(request.body as Omit<Closure, 'siret'>) };
    const today = todayInParis(new Date());
    await door.handle(request, response, target(establishment, siret, { kind: 'record-closure', closure, today }));
  });
}
