import { actionFacts, KNOWN_ACTIONS } from '@gpect/enrolment-facts/known-actions';
import { fileUploads } from '@gpect/file-uploads/file-uploads';
import { quotaOf } from '@gpect/file-uploads/quota';
import { partnerEvents } from '@gpect/partner-events/partner-events';
import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import { allRoutes } from '@gpect/service-kit/http/dispatch';
import { withFacts } from '@gpect/service-kit/inbox/event-handler';
import { owned } from '@gpect/service-kit/rights/ownership';
import type { ServiceDefinition } from '@gpect/service-kit/service/definition';
import { Rounds } from '@gpect/service-kit/service/rounds';
import type { SpendConfig } from './config.js';
import { contacts } from './contact/contact.js';
import { contactRoutes } from './contact/routes.js';
import { dialects } from './dialect/dialect.js';
import { publishShipped } from './dialect/dialects.js';
import { dialectRoutes } from './dialect/routes.js';
import { establishment } from './establishment/establishment.js';
import { establishmentRoutes } from './establishment/routes.js';
import { closureOwned } from './firm-spend/closure-owners.js';
import { FIRM_COLLECTIONS, indexFirms } from './firm-spend/firm-dates.js';
import { firmSpendRoutes } from './firm-spend/routes.js';
import { partnerCommands } from './partner-commands.js';
import { previewRoutes } from './preview/routes.js';
import { readEvents } from './read-events.js';
import { Abandoned } from './receiving/abandoned.js';
import { DropFolder } from './receiving/drop-folder.js';
import { spendFileRoutes } from './receiving/routes.js';
import { registerComplete, UPLOAD_COLLECTIONS, uploadOwners, uploadRoutes } from './receiving/uploads.js';
import { schemeRoutes } from './scheme/routes.js';
import { spendLineRoutes } from './single-lines/routes.js';
import { createSpend, type Spend } from './spend.js';
import { FILE_COLLECTIONS, FileStore } from './spend-file/file-store.js';
import { spendFile } from './spend-file/spend-file.js';
import { indexLines } from './spend-line/line-store.js';
import { GUARDS } from './spend-line/zeros-meanwhile.js';

const HOUR_MS = 3_600_000;
/** An upload whose last byte came so long ago, and that is no file yet, is registered in the background. */
const REGISTERED_WITHIN_MS = 30_000;

/** What the funders of training spent, from the files that their systems export. */
export function trainingSpend(config: SpendConfig): ServiceDefinition<'training-spend', Spend> {
  const { SPEND_DROP_FOLDER } = config;
  const keptMs = config.UPLOAD_KEPT_HOURS * HOUR_MS;
  let folder: DropFolder | undefined;
  return {
    name: 'training-spend',
    aggregates: [spendFile, dialects, contacts, establishment].map((aggregate) => aggregate.collection),
    collections: [
      'lines',
      'line_numbers',
      GUARDS,
      KNOWN_ACTIONS,
      ...FILE_COLLECTIONS,
      ...UPLOAD_COLLECTIONS,
      ...FIRM_COLLECTIONS,
    ],
    parts: (context) => {
      const spend = createSpend(context, quotaOf(config), async (file) => folder?.answer(file));
      if (SPEND_DROP_FOLDER) folder = new DropFolder(SPEND_DROP_FOLDER, spend, context.logger);
      return spend;
    },
    routes: (context, spend) =>
      allRoutes(
        spendFileRoutes(context, spend),
        spendLineRoutes(context, spend),
        uploadRoutes(spend, keptMs),
        previewRoutes(context, spend),
        dialectRoutes(context),
        schemeRoutes(),
        firmSpendRoutes(context, spend.files),
        contactRoutes(context),
        establishmentRoutes(context),
      ),
    ownership: ({ connection }, spend) => ({
      ...uploadOwners(spend),
      funder: owned({ path: ['funder'] }, ({ funder }) => ({ funders: [String(funder)] })),
      saidFunder: owned({ body: ['funder'] }, ({ funder }) => ({ funders: [String(funder)] })),
      establishment: closureOwned(connection),
      askedFunder: owned({ query: ['funder'] }, ({ funder }) =>
        funder === undefined ? undefined : { funders: [String(funder)] },
      ),
    }),
    events: ({ connection }) => withFacts(readEvents(connection), actionFacts(connection)),
    extensions: [fileUploads, partnerEvents({ commands: partnerCommands })],
    gauges: [
      {
        name: 'gpect_drop_folder_not_taken',
        help: 'Files and folders of the drop folder that cannot be taken now; the log and the answers beside them say why',
        read: async () => folder?.notTaken ?? 0,
      },
    ],
    indexes: async (connection) => {
      await new FileStore(connection).ensureIndexes();
      await indexLines(connection);
      await indexFirms(connection);
      await stateModel(connection, contacts.collection).collection.createIndex({ 'state.siret': 1 });
      await stateModel(connection, establishment.collection).collection.createIndex({ 'state.successor': 1 });
    },
    background: ({ runner, logger }, spend) => {
      const abandoned = new Abandoned(spend, keptMs, logger);
      const sweeping = new Rounds(() => abandoned.sweep(), logger);
      const registering = new Rounds(
        () => registerComplete(spend, new Date(Date.now() - REGISTERED_WITHIN_MS)),
        logger,
        REGISTERED_WITHIN_MS,
      );
      return {
        start: async () => {
          await publishShipped(runner);
          spend.worker.start();
          folder?.start();
          await sweeping.start();
          await registering.start();
        },
        stop: async () => {
          await sweeping.stop();
          await registering.stop();
          await folder?.stop();
          await spend.worker.stop();
        },
      };
    },
  };
}
