import type { components } from '@gpect/contracts/generated/api-enrolment';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { findProgramme } from './lookup.js';
import { programme } from './programme.js';

type OpenProgramme = components['schemas']['OpenProgramme'];

export function programmeRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  router.post('/programmes', async (request, response) => {
    const { code, ...rules } = request.body as OpenProgramme;
    await door.handle(
      request,
      response,
      target(programme, code, { kind: 'open', programme: { programme: code, ...rules } }),
    );
  });
  router.get('/programmes/:programme', async (request, response) => {
    const { programme: code, ...rules } = await findProgramme(runner, request.params.programme);
    response.json({ code, ...rules });
  });
  return router;
}
