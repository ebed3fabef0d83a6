import { Quotas, type UploadQuota } from '@gpect/file-uploads/quota';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { FileParts } from './spend-file/file-parts.js';
import type { FileDocument } from './spend-file/file-store.js';
import { FileStore } from './spend-file/file-store.js';
import type { SpendParts } from './spend-file/spend-parts.js';
import { FileWorker } from './spend-file/worker.js';

/** What the endpoints of this service share: the files, their bytes, and the worker that reads them. */
export interface Spend extends SpendParts {
  readonly worker: FileWorker;
  readonly quotas: Quotas;
}

export function createSpend(
  { connection, runner, logger }: Pick<ServiceContext, 'connection' | 'runner' | 'logger'>,
  quota: UploadQuota,
  onSettled?: (file: FileDocument) => Promise<void>,
): Spend {
  const reception = { connection, runner, files: new FileStore(connection), parts: new FileParts(connection) };
  const quotas = new Quotas(connection, quota);
  return { ...reception, quotas, worker: new FileWorker(reception, logger, onSettled) };
}
