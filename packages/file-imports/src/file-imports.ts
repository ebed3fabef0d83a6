import { fileUploads } from '@gpect/file-uploads/file-uploads';
import type { Extension } from '@gpect/service-kit/service/definition';
import { IMPORT_COLLECTIONS, importOwnership, KeptRefusals } from './kept-refusals.js';

/** What a service has that takes commands from files, beside the routes (`importRoutes`): uploads, and their refused lines. */
export const fileImports: Extension = {
  ...fileUploads,
  collections: [...fileUploads.collections, ...IMPORT_COLLECTIONS],
  indexes: async (connection) => {
    await fileUploads.indexes(connection);
    await new KeptRefusals(connection).ensureIndexes();
  },
  ownership: importOwnership,
};
