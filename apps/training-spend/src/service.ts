import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import type { ServiceDefinition } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { enrolledFirms, indexEnrolledFirms } from './firm-spend/enrolled-firms.js';
import { firmSpendRoutes } from './firm-spend/routes.js';
import { indexSpendFiles } from './spend-file/file-store.js';
import { spendFileRoutes } from './spend-file/routes.js';
import { spendFile } from './spend-file/spend-file.js';
import { spendLine } from './spend-line/spend-line.js';

/** What the funders of training spent, from the files that their systems export. */
export const trainingSpend: ServiceDefinition = {
  name: 'training-spend',
  aggregates: [spendLine.collection, spendFile.collection],
  routes: (context) => Router().use(spendFileRoutes(context), firmSpendRoutes(context)),
  events: ({ connection }) => enrolledFirms(connection),
  indexes: async (connection) => {
    await indexSpendFiles(connection);
    await indexEnrolledFirms(connection);
    await stateModel(connection, spendLine.collection).collection.createIndex({
      'state.siret': 1,
      'state.programme': 1,
    });
  },
};
