import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { type Contact, contacts } from './contact.js';

export function contactRoutes({ door }: ServiceContext): Router {
  return Router().post('/contacts/:programme/:funder/:reference', async (request, response) => {
    const { programme, funder, reference } = request.params;
    const body = request.body as Pick<Contact, 'siret' | 'on' | 'kind' | 'subject'>;
    const contact: Contact = { programme, funder, reference, ...body };
    const today = todayInParis(new Date());
    await door.handle(
      request,
      response,
      target(contacts, inProgramme(programme, funder, reference), { kind: 'record', contact, today }),
    );
  });
}
