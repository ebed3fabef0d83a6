import type { components } from '@gpect/contracts/generated/api-consulting';
import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { type Consultant, consultant, consultantId } from '../register/consultant.js';
import { type Animation, type AnimationCommand, animation, animationId } from './animation.js';

type Schemas = components['schemas'];

export function animationRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  const command = (request: Request<{ programme: string }>, response: Response, what: AnimationCommand) =>
    door.handle(request, response, target(animation, animationId(request.params.programme), what));

  router.get('/animation/:programme', async (request, response) => {
    const id = animationId(request.params.programme);
    const found = (await runner.load<Animation>(animation.collection, [id])).get(id) ?? animation.initial;
    const shown: Schemas['Animation'] = {
      exchanges: [...found.exchanges].sort((a, b) => a.heldOn.localeCompare(b.heldOn)),
      frameworks: [...found.frameworks],
    };
    response.json(shown);
  });
  router.post('/animation/:programme/exchanges', async (request, response) => {
    const { programme } = request.params;
    const exchange = request.body as Schemas['RecordExchange'];
    const ids = exchange.consultants.map((code) => consultantId(programme, code));
    const found = await runner.load<Consultant>(consultant.collection, ids);
    const registered = [...found.values()].map((c) => c.consultant);
    const today = todayInParis(new Date());
    await command(request, response, { kind: 'record-exchange', programme, exchange, registered, today });
  });
  router.post('/animation/:programme/frameworks', async (request, response) => {
    const { programme } = request.params;
    const framework = request.body as Schemas['PublishFramework'];
    const today = todayInParis(new Date());
    await command(request, response, { kind: 'publish-framework', programme, framework, today });
  });
  return router;
}
