import { allRoutes } from '@gpect/service-kit/http/dispatch';
import type { ServiceDefinition } from '@gpect/service-kit/service/definition';
import { reportingOwnership } from './bilan/rights.js';
import { bilanRoutes } from './bilan/routes.js';
import { Folder } from './cells/fold.js';
import { COLLECTIONS, ensureReadModel, readModelProjection } from './read-model/store.js';
import { tableRoutes } from './tables/routes.js';
import { warningRoutes } from './warnings/routes.js';

/** The bilan, from events alone: this database can be dropped at any time and is built again from the topics. */
export const reporting: ServiceDefinition<'reporting'> = {
  name: 'reporting',
  aggregates: [],
  collections: COLLECTIONS,
  routes: (context) => allRoutes(tableRoutes(context), bilanRoutes(context), warningRoutes(context)),
  ownership: reportingOwnership,
  events: ({ connection }) => readModelProjection(connection),
  indexes: ensureReadModel,
  background: ({ connection, logger }) => new Folder(connection, logger),
};
