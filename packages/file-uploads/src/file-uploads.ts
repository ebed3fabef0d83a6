import type { Extension } from '@gpect/service-kit/service/definition';
import { Rounds } from '@gpect/service-kit/service/rounds';
import { readerPlaces } from '@gpect/tabular-files/reader-places';
import { indexUploadDays, UPLOAD_DAYS } from './quota.js';
import { sweepSpools } from './spool.js';

/** What a service has that people send files to: it counts them, and sweeps away what processes left that died over one. */
export const fileUploads = {
  collections: [UPLOAD_DAYS],
  indexes: indexUploadDays,
  gauges: [
    {
      name: 'gpect_workbooks_waiting',
      help: 'Workbooks that wait for a reader',
      read: async () => readerPlaces.counts.waiting,
    },
  ],
  background: ({ config, logger }) => {
    readerPlaces.set({ atOnce: config.WORKBOOK_READERS });
    return new Rounds(() => sweepSpools(logger), logger);
  },
} as const satisfies Extension;
