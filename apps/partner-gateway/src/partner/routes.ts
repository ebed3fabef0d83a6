import { toldKind } from '@gpect/reference-data/partner-kinds';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { grantOf } from '@gpect/service-kit/rights/grant';
import { overlap } from '@gpect/service-kit/rights/programmes';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type Declared, partner, SYSTEM_KINDS } from './partner.js';

export function partnerRoutes({ commands, runner }: ServiceContext) {
  return {
    'GET /partners': async ({ request }, response) => {
      const theirs = grantOf(request).caller.programmes;
      const states = await runner.startingWith<Declared | null>(partner.collection, '');
      response.json({
        partners: states.filter((state) => state !== null).filter((one) => overlap(one.programmes, theirs)),
      });
    },
    'POST /partners': async (asked, response) => {
      const { kind, ...rest } = asked.body;
      const declared: Declared = { ...rest, ...toldKind(kind, 'asSystem', SYSTEM_KINDS) };
      await commands.handle(asked, response, target(partner, declared.partner, { kind: 'declare', declared }));
    },
    'POST /partners/{partner}/withdrawal': async (asked, response) => {
      const code = asked.params.partner;
      await commands.handle(asked, response, target(partner, code, { kind: 'withdraw', partner: code }));
    },
  } satisfies Partial<OwnRoutes<'partner-gateway'>>;
}
