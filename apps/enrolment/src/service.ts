import { importRoutes } from '@gpect/service-kit/imports/import-routes';
import type { ServiceDefinition } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { collectiveAction } from './collective-action/collective-action.js';
import { findAction } from './collective-action/lookup.js';
import { enrolmentOwnership } from './collective-action/owners.js';
import { collectiveActionRoutes } from './collective-action/routes.js';
import { detectionsFile } from './firm-case/detections-file.js';
import { firmCase } from './firm-case/firm-case.js';
import { firmCaseRoutes } from './firm-case/routes.js';
import { findProgramme } from './programme/lookup.js';
import { programme } from './programme/programme.js';
import { programmeRoutes } from './programme/routes.js';

/** Programmes, collective actions and the firms' cases. It starts the story: it reads nobody's events. */
export const enrolment: ServiceDefinition = {
  name: 'enrolment',
  aggregates: [programme.collection, collectiveAction.collection, firmCase.collection],
  routes: (context) =>
    Router().use(
      programmeRoutes(context),
      collectiveActionRoutes(context),
      firmCaseRoutes(context),
      importRoutes(context, async ({ programme: code = '', action = '' }, today) =>
        detectionsFile(
          await findProgramme(context.runner, code),
          await findAction(context.runner, code, action),
          today,
        ),
      ),
    ),
  ownership: enrolmentOwnership,
};
