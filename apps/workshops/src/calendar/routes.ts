import type { components } from '@gpect/contracts/generated/api-workshops';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { changedWorkshopsOf } from '../workshop/find.js';
import { calendarOf } from './calendar.js';
import { linkOf, makeLink, revokeLinks } from './links.js';

type Schemas = components['schemas'];

/** The calendar of an action: calendar applications send no token, so they read by a link that can be revoked. */
export function calendarRoutes({ connection }: ServiceContext) {
  return {
    'POST /calendar-links': async (asked, response) => {
      const { programme, action } = asked.body;
      const made: Schemas['CalendarLink'] = { path: `/calendars/${await makeLink(connection, programme, action)}.ics` };
      response.json(made);
    },
    'POST /calendar-links/revocation': async (asked, response) => {
      const { programme, action } = asked.body;
      const done: Schemas['RevokedLinks'] = { revoked: await revokeLinks(connection, programme, action) };
      response.json(done);
    },
    'GET /calendars/{feed}': async (asked, response) => {
      const link = await linkOf(connection, asked.params.feed.replace(/\.ics$/, ''));
      if (!link)
        throw problemOf({ code: 'calendar_unknown', kind: 'unknown', detail: 'this link does not work, or no longer' });
      const { programme, action } = link;
      response.type('text/calendar').send(calendarOf(action, await changedWorkshopsOf(connection, programme, action)));
    },
  } satisfies Partial<OwnRoutes<'workshops'>>;
}
