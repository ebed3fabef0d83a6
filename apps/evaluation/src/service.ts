import { importRoutes } from '@gpect/service-kit/imports/import-routes';
import type { ServiceDefinition } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { cooperation } from './cooperation/cooperation.js';
import { cooperationRoutes } from './cooperation/routes.js';
import { answersFile } from './survey/answers-file.js';
import { surveyReactions } from './survey/reactions.js';
import { surveyRoutes } from './survey/routes.js';
import { survey, type Wave } from './survey/survey.js';

/** The before/after survey of the firms. */
export const evaluation: ServiceDefinition = {
  name: 'evaluation',
  aggregates: [survey.collection, cooperation.collection],
  routes: (context) =>
    Router().use(
      surveyRoutes(context),
      cooperationRoutes(context),
      importRoutes(context, (query, today) => answersFile(query['programme'] ?? '', query['wave'] as Wave, today)),
    ),
  events: () => surveyReactions,
};
