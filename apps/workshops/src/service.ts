import { importRoutes } from '@gpect/service-kit/imports/import-routes';
import type { ServiceDefinition } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { indexEnrolledFirms } from './invitations/enrolled-firms.js';
import { enrolmentFacts } from './invitations/enrolment-facts.js';
import { workshopRoutes } from './workshop/routes.js';
import { workshop } from './workshop/workshop.js';
import { attendanceFile, workshopsFile } from './workshop/workshops-file.js';

/** Collective workshops of the actions; the firms enrolled in an action are invited by themselves. */
export const workshops: ServiceDefinition = {
  name: 'workshops',
  aggregates: [workshop.collection],
  routes: (context) =>
    Router().use(
      workshopRoutes(context),
      importRoutes(context, ({ programme = '', kind }, today) =>
        kind === 'workshops'
          ? workshopsFile(context.connection, programme)
          : attendanceFile(context.connection, programme, today),
      ),
    ),
  events: ({ connection }) => enrolmentFacts(connection),
  indexes: indexEnrolledFirms,
};
