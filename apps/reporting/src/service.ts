import type { ServiceDefinition } from '@gpect/service-kit/service/service';
import { bilanRoutes } from './bilan/routes.js';
import { ensureReadModel, readModelProjection } from './read-model/store.js';

/** The bilan, from events alone: this database can be dropped at any time and is built again from the topics. */
export const reporting: ServiceDefinition = {
  name: 'reporting',
  aggregates: [],
  routes: (context) => bilanRoutes(context),
  events: ({ connection }) => readModelProjection(connection),
  indexes: ensureReadModel,
};
