import { KNOWN_ACTIONS } from '@gpect/enrolment-facts/known-actions';
import { fileImports } from '@gpect/file-imports/file-imports';
import { importRoutes } from '@gpect/file-imports/import-routes';
import { partnerEvents } from '@gpect/partner-events/partner-events';
import { allRoutes } from '@gpect/service-kit/http/dispatch';
import type { ServiceDefinition } from '@gpect/service-kit/service/definition';
import { Rounds } from '@gpect/service-kit/service/rounds';
import { CALENDAR_LINKS, indexLinks } from './calendar/links.js';
import { calendarRoutes } from './calendar/routes.js';
import { ENROLLED_FIRMS, indexEnrolledFirms } from './invitations/enrolled-firms.js';
import { enrolmentFacts } from './invitations/enrolment-facts.js';
import { remindAll } from './reminders/remind.js';
import { indexWorkshops } from './workshop/find.js';
import { workshopOwnership } from './workshop/owners.js';
import { partnerCommands } from './workshop/partner-commands.js';
import { workshopRoutes } from './workshop/routes.js';
import { workshop } from './workshop/workshop.js';
import { attendanceFile, workshopsFile } from './workshop/workshops-file.js';
import { workshopProgrammeRoutes } from './workshop-programme/routes.js';
import { workshopProgramme } from './workshop-programme/workshop-programme.js';

/** Collective workshops of the actions; the firms enrolled in an action are invited by themselves, and reminded. */
export const workshops: ServiceDefinition<'workshops'> = {
  name: 'workshops',
  aggregates: [workshop.collection, workshopProgramme.collection],
  collections: [KNOWN_ACTIONS, ENROLLED_FIRMS, CALENDAR_LINKS],
  routes: (context) =>
    allRoutes(
      workshopRoutes(context),
      workshopProgrammeRoutes(context),
      calendarRoutes(context),
      importRoutes<'workshops'>(context, ({ programme, kind }, today) =>
        kind === 'workshops'
          ? workshopsFile(context.connection, programme)
          : attendanceFile(context.connection, programme, today),
      ),
    ),
  ownership: workshopOwnership,
  extensions: [fileImports, partnerEvents({ commands: partnerCommands })],
  events: ({ connection }) => enrolmentFacts(connection),
  indexes: async (connection) => {
    await indexEnrolledFirms(connection);
    await indexWorkshops(connection);
    await indexLinks(connection);
  },
  background: (context) => new Rounds(() => remindAll(context), context.logger),
};
