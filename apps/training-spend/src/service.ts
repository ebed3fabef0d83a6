import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import { owned } from '@gpect/service-kit/rights/ownership';
import type { ServiceDefinition } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { DropFolder } from './arrival/drop-folder.js';
import { UPLOAD_COLLECTIONS, uploadOwners, uploadRoutes } from './arrival/uploads.js';
import type { SpendConfig } from './config.js';
import { contacts } from './contact/contact.js';
import { contactRoutes } from './contact/routes.js';
import { dialects } from './dialect/dialect.js';
import { publishShipped } from './dialect/dialects.js';
import { dialectRoutes } from './dialect/routes.js';
import { establishment } from './establishment/establishment.js';
import { establishmentRoutes } from './establishment/routes.js';
import { FIRM_COLLECTIONS } from './firm-spend/firm-dates.js';
import { firmSpendRoutes } from './firm-spend/routes.js';
import { partnerCommands } from './partner-commands.js';
import { previewRoutes } from './preview/routes.js';
import { readEvents } from './read-events.js';
import { schemeRoutes } from './scheme/routes.js';
import { createSpend, type Spend } from './spend.js';
import { FILE_COLLECTIONS, FileStore } from './spend-file/file-store.js';
import { spendFileRoutes } from './spend-file/routes.js';
import { spendFile } from './spend-file/spend-file.js';
import { indexLines } from './spend-line/line-store.js';
import { spendLineRoutes } from './spend-line/routes.js';

/** What the funders of training spent, from the files that their systems export. */
export function trainingSpend({ SPEND_DROP_FOLDER }: Pick<SpendConfig, 'SPEND_DROP_FOLDER'>): ServiceDefinition<Spend> {
  let folder: DropFolder | undefined;
  return {
    name: 'training-spend',
    aggregates: [spendFile, dialects, contacts, establishment].map((aggregate) => aggregate.collection),
    collections: ['lines', 'line_numbers', ...FILE_COLLECTIONS, ...UPLOAD_COLLECTIONS, ...FIRM_COLLECTIONS],
    parts: (context) => {
      const spend = createSpend(context, async (file) => folder?.answer(file));
      if (SPEND_DROP_FOLDER) folder = new DropFolder(SPEND_DROP_FOLDER, spend, context.logger);
      return spend;
    },
    routes: (context, spend) =>
      Router().use(
        spendFileRoutes(context, spend),
        spendLineRoutes(context, spend),
        uploadRoutes(spend),
        previewRoutes(context),
        dialectRoutes(context),
        schemeRoutes(),
        firmSpendRoutes(context, spend.files),
        contactRoutes(context),
        establishmentRoutes(context),
      ),
    ownership: (_context, spend) => ({
      ...uploadOwners(spend),
      funder: owned({ path: ['funder'] }, ({ funder }) => ({ funders: [String(funder)] })),
      saidFunder: owned({ body: ['funder'] }, ({ funder }) => ({ funders: [String(funder)] })),
      askedFunder: owned({ query: ['funder'] }, ({ funder }) =>
        funder === undefined ? undefined : { funders: [String(funder)] },
      ),
    }),
    events: ({ connection }) => readEvents(connection),
    partnerCommands,
    indexes: async (connection) => {
      await new FileStore(connection).ensureIndexes();
      await indexLines(connection);
      await stateModel(connection, contacts.collection).collection.createIndex({ 'state.siret': 1 });
      await stateModel(connection, establishment.collection).collection.createIndex({ 'state.successor': 1 });
    },
    background: ({ runner }, { worker }) => ({
      start: async () => {
        await publishShipped(runner);
        worker.start();
        folder?.start();
      },
      stop: async () => {
        await folder?.stop();
        await worker.stop();
      },
    }),
  };
}
