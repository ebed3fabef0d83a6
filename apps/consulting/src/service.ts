import { actionFacts, KNOWN_ACTIONS } from '@gpect/enrolment-facts/known-actions';
import { fileImports } from '@gpect/file-imports/file-imports';
import { importRoutes } from '@gpect/file-imports/import-routes';
import { partnerEvents } from '@gpect/partner-events/partner-events';
import { allRoutes } from '@gpect/service-kit/http/dispatch';
import type { ServiceDefinition } from '@gpect/service-kit/service/definition';
import { animation } from './animation/animation.js';
import { animationRoutes } from './animation/routes.js';
import { assignment } from './assignment/assignment.js';
import { indexAssignments } from './assignment/load.js';
import { consultingOwnership } from './assignment/owners.js';
import { partnerCommands } from './assignment/partner-commands.js';
import { assignmentReactions } from './assignment/reactions.js';
import { assignmentRoutes } from './assignment/routes.js';
import { sessionsFile } from './assignment/sessions-file.js';
import { matchingRoutes } from './matching/routes.js';
import { consultant } from './register/consultant.js';
import { consultantsFirm } from './register/consultants-firm.js';
import { registerRoutes } from './register/routes.js';

/** The individual consulting of each enrolled firm, and those who do it. */
export const consulting: ServiceDefinition<'consulting'> = {
  name: 'consulting',
  aggregates: [assignment.collection, consultantsFirm.collection, consultant.collection, animation.collection],
  collections: [KNOWN_ACTIONS],
  routes: (context) =>
    allRoutes(
      assignmentRoutes(context),
      registerRoutes(context),
      matchingRoutes(context),
      animationRoutes(context),
      importRoutes<'consulting'>(context, ({ programme }, today) => sessionsFile(programme, today)),
    ),
  ownership: consultingOwnership,
  indexes: indexAssignments,
  extensions: [fileImports, partnerEvents({ commands: partnerCommands })],
  events: ({ connection }) => ({ ...assignmentReactions, facts: actionFacts(connection) }),
};
