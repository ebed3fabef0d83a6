import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FirmSource } from '../firm-file/column.js';
import type { DescribedKept } from '../firm-file/released.js';
import type { Documents } from '../programmes/documents.js';
import type { EstimatesAsked, KeptEstimate } from './estimates.js';
import type { ReleaseAsked, ReleasedTables } from './make.js';
import type { RowsAsked } from './rows.js';

/** What it is decided from what may be told, and what may be. */
export interface Asked {
  readonly tables: ReleaseAsked;
  readonly estimates: Omit<EstimatesAsked, 'isMasked'>;
  readonly rows: Omit<RowsAsked, 'slices'> & { readonly sources: readonly FirmSource[]; readonly documents: Documents };
}
export interface Decided extends ReleasedTables {
  readonly estimates: readonly KeptEstimate[];
  readonly slices: readonly DescribedKept[];
}

// Tests run the sources; a thread runs what the build made of them.
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/releases/thread.js' : './thread.js',
  import.meta.url,
);

/** What may be told, decided in a thread of its own. @throws what the thread ended with */
export async function releasedInThread(asked: Asked): Promise<Decided> {
  const thread = new Worker(THREAD, { workerData: asked });
  try {
    const [released] = (await once(thread, 'message')) as [Decided];
    return released;
  } finally {
    await thread.terminate();
  }
}
