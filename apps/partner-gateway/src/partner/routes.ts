import type { components } from '@gpect/contracts/generated/api-partner-gateway';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { grantOf } from '@gpect/service-kit/rights/grant';
import { overlap } from '@gpect/service-kit/rights/programmes';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { type Declared, partner } from './partner.js';

export function partnerRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.get('/partners', async (request, response) => {
    const theirs = grantOf(request).caller.programmes;
    const states = await runner.startingWith<Declared | null>(partner.collection, '');
    response.json({ partners: states.filter((state) => state !== null && overlap(state.programmes, theirs)) });
  });
  router.post('/partners', async (request, response) => {
    const declared = request.body as components['schemas']['Partner'];
    await door.handle(request, response, target(partner, declared.partner, { kind: 'declare', declared }));
  });
  router.post('/partners/:partner/withdrawal', async (request, response) => {
    const code = request.params.partner;
    await door.handle(request, response, target(partner, code, { kind: 'withdraw', partner: code }));
  });
  return router;
}
