import type { components } from '@gpect/contracts/generated/api-consulting';
import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type Consultant, consultant, consultantId } from '../register/consultant.js';
import { type Animation, type AnimationCommand, animation, animationId } from './animation.js';

type Schemas = components['schemas'];

export function animationRoutes({ commands, runner }: ServiceContext) {
  const command = (asked: RoutedRequest<{ programme: string }>, response: CommandResponse, what: AnimationCommand) =>
    commands.handle(asked, response, target(animation, animationId(asked.params.programme), what));

  return {
    'GET /animation/{programme}': async (asked, response) => {
      const id = animationId(asked.params.programme);
      const found = (await runner.load<Animation>(animation.collection, [id])).get(id) ?? animation.initial;
      const shown: Schemas['Animation'] = {
        exchanges: [...found.exchanges].sort((a, b) => a.heldOn.localeCompare(b.heldOn)),
        frameworks: [...found.frameworks],
      };
      response.json(shown);
    },
    'POST /animation/{programme}/exchanges': async (asked, response) => {
      const { programme } = asked.params;
      const exchange = asked.body;
      const ids = exchange.consultants.map((code) => consultantId(programme, code));
      const found = await runner.load<Consultant>(consultant.collection, ids);
      const registered = [...found.values()].map((c) => c.consultant);
      const today = todayInParis(new Date());
      await command(asked, response, { kind: 'record-exchange', programme, exchange, registered, today });
    },
    'POST /animation/{programme}/frameworks': async (asked, response) => {
      const { programme } = asked.params;
      const framework = asked.body;
      const today = todayInParis(new Date());
      await command(asked, response, { kind: 'publish-framework', programme, framework, today });
    },
  } satisfies Partial<OwnRoutes<'consulting'>>;
}
