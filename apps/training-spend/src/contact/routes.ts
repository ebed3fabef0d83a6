import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { contacts } from './contact.js';

export function contactRoutes({ commands }: ServiceContext) {
  return {
    'POST /contacts/{programme}/{funder}/{reference}': async (asked, response) => {
      const { programme, funder, reference } = asked.params;
      const contact = { programme, funder, reference, ...asked.body };
      const today = todayInParis(new Date());
      const id = inProgramme(programme, funder, reference);
      await commands.handle(asked, response, target(contacts, id, { kind: 'record', contact, today }));
    },
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}
