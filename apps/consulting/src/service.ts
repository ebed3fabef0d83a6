import { importRoutes } from '@gpect/service-kit/imports/import-routes';
import { actionFacts, KNOWN_ACTIONS } from '@gpect/service-kit/rights/known-actions';
import type { ServiceDefinition } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { assignment } from './assignment/assignment.js';
import { assignmentOwners } from './assignment/owners.js';
import { assignmentReactions } from './assignment/reactions.js';
import { assignmentRoutes } from './assignment/routes.js';
import { sessionsFile } from './assignment/sessions-file.js';

/** The individual consulting of each enrolled firm. */
export const consulting: ServiceDefinition = {
  name: 'consulting',
  aggregates: [assignment.collection],
  collections: [KNOWN_ACTIONS],
  routes: (context) =>
    Router().use(
      assignmentRoutes(context),
      importRoutes(context, (query, today, caller) => sessionsFile(query['programme'] ?? '', today, caller)),
    ),
  ownership: ({ connection, runner }) => ({ assignment: (asked) => assignmentOwners(connection, runner, asked) }),
  events: ({ connection }) => ({ ...assignmentReactions, facts: actionFacts(connection) }),
};
