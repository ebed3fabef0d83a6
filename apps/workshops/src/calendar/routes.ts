import type { components } from '@gpect/contracts/generated/api-workshops';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { changedWorkshopsOf } from '../workshop/find.js';
import { calendarOf } from './calendar.js';
import { linkOf, makeLink, revokeLinks } from './links.js';

type Schemas = components['schemas'];

/** The calendar of an action: calendar applications send no token, so they read by a link that can be revoked. */
export function calendarRoutes({ connection }: ServiceContext): Router {
  const router = Router();
  router.post('/calendar-links', async (request: Request, response: Response) => {
    const { programme, action } = request.body as Schemas['MakeCalendarLink'];
    const made: Schemas['CalendarLink'] = { path: `/calendars/${await makeLink(connection, programme, action)}.ics` };
    response.json(made);
  });
  router.post('/calendar-links/revocation', async (request: Request, response: Response) => {
    const { programme, action } = request.body as Schemas['MakeCalendarLink'];
    const done: Schemas['RevokedLinks'] = { revoked: await revokeLinks(connection, programme, action) };
    response.json(done);
  });
  router.get('/calendars/:feed', async (request, response) => {
    const link = await linkOf(connection, request.params.feed.replace(/\.ics$/, ''));
    if (!link)
      throw problemOf({ code: 'calendar_unknown', kind: 'unknown', detail: 'this link does not work, or no longer' });
    const { programme, action } = link;
    response.type('text/calendar').send(calendarOf(action, await changedWorkshopsOf(connection, programme, action)));
  });
  return router;
}
