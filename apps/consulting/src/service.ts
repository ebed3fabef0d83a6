import { importRoutes } from '@gpect/service-kit/imports/import-routes';
import type { ServiceDefinition } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { assignment } from './assignment/assignment.js';
import { assignmentReactions } from './assignment/reactions.js';
import { assignmentRoutes } from './assignment/routes.js';
import { sessionsFile } from './assignment/sessions-file.js';

/** The individual consulting of each enrolled firm. */
export const consulting: ServiceDefinition = {
  name: 'consulting',
  aggregates: [assignment.collection],
  routes: (context) =>
    Router().use(
      assignmentRoutes(context),
      importRoutes(context, (query, today) => sessionsFile(query['programme'] ?? '', today)),
    ),
  events: () => assignmentReactions,
};
