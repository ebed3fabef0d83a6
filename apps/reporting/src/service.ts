import { allRoutes } from '@gpect/service-kit/http/dispatch';
import type { ServiceDefinition } from '@gpect/service-kit/service/definition';
import { COLLECTIONS, ensureCollections } from './collections.js';
import { readModelProjection } from './feed/projection.js';
import { type Parts, partsOf } from './parts.js';
import { bilanRoutes } from './routes/bilan.js';
import { compareRoutes } from './routes/compare.js';
import { firmRowRoutes } from './routes/firm-rows.js';
import { releaseRoutes } from './routes/releases.js';
import { reportingOwnership } from './routes/rights.js';
import { tableRoutes } from './routes/tables.js';
import { warningRoutes } from './routes/warnings.js';

/** The bilan, from events alone: this database can be dropped at any time and is built again from the topics. */
export const reporting: ServiceDefinition<'reporting', Parts> = {
  name: 'reporting',
  aggregates: [],
  collections: COLLECTIONS,
  parts: partsOf,
  routes: (context, { feed, looks, releaser }) =>
    allRoutes(
      tableRoutes(context, looks),
      bilanRoutes(context, looks),
      firmRowRoutes(looks),
      compareRoutes(context, feed, looks.released),
      releaseRoutes(context, releaser),
      warningRoutes(context, feed),
    ),
  ownership: reportingOwnership,
  events: ({ connection }) => readModelProjection(connection),
  indexes: ensureCollections,
  background: (_context, { work }) => work,
};
