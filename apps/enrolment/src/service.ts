import { fileImports } from '@gpect/file-imports/file-imports';
import { importRoutes } from '@gpect/file-imports/import-routes';
import { partnerEvents } from '@gpect/partner-events/partner-events';
import { allRoutes } from '@gpect/service-kit/http/dispatch';
import type { ServiceDefinition } from '@gpect/service-kit/service/definition';
import { callForProjects } from './call-for-projects/call-for-projects.js';
import { callRoutes } from './call-for-projects/routes.js';
import { collectiveAction } from './collective-action/collective-action.js';
import { findAction } from './collective-action/lookup.js';
import { collectiveActionRoutes } from './collective-action/routes.js';
import { detectionsFile } from './firm-case/detections-file.js';
import { firmCase } from './firm-case/firm-case.js';
import { partnerCommands } from './firm-case/partner-commands.js';
import { firmCaseRoutes } from './firm-case/routes.js';
import { indexMoves, KNOWN_MOVES, moveFacts } from './moves/known-moves.js';
import { enrolmentOwnership } from './ownership/enrolment-ownership.js';
import { findProgramme } from './programme/lookup.js';
import { programme } from './programme/programme.js';
import { programmeRoutes } from './programme/routes.js';
import { diagnosticRoutes } from './territorial-diagnostic/routes.js';
import { territorialDiagnostic } from './territorial-diagnostic/territorial-diagnostic.js';

/** Programmes, calls for projects, collective actions and the firms' cases. Of others it reads which establishments moved. */
export const enrolment: ServiceDefinition<'enrolment'> = {
  name: 'enrolment',
  aggregates: [
    programme.collection,
    callForProjects.collection,
    collectiveAction.collection,
    territorialDiagnostic.collection,
    firmCase.collection,
  ],
  collections: [KNOWN_MOVES],
  routes: (context) =>
    allRoutes(
      programmeRoutes(context),
      callRoutes(context),
      diagnosticRoutes(context),
      collectiveActionRoutes(context),
      firmCaseRoutes(context),
      importRoutes<'enrolment'>(context, async ({ programme: code, action }, today) =>
        detectionsFile(
          context,
          await findProgramme(context.runner, code),
          await findAction(context.runner, code, action),
          today,
        ),
      ),
    ),
  ownership: enrolmentOwnership,
  events: ({ connection }) => ({ kind: 'projection', ...moveFacts(connection) }),
  extensions: [fileImports, partnerEvents({ commands: partnerCommands })],
  indexes: indexMoves,
};
