import type { Readable } from 'node:stream';
import { own } from '@gpect/domain-values/records';
import { Problem } from '@gpect/service-kit/http/problem';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { DURABLE } from '@gpect/service-kit/mongo/transaction';
import { type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import { DataStore, Metadata, Server, Upload } from '@tus/server';
import { Router } from 'express';
import { newestDialect } from '../dialect/dialects.js';
import type { Spend } from '../spend.js';
import { newUploadId } from '../spend-file/file-parts.js';
import { register } from './receive.js';

interface UploadDocument {
  readonly _id: string;
  readonly size: number;
  readonly metadata: Readonly<Record<string, string | null>>;
  readonly begunAt: Date;
}

export const UPLOAD_COLLECTIONS = ['uploads'] as const;

/** Where resumable uploads stand, in the database: any replica goes on with any upload. */
class PartsStore extends DataStore {
  override extensions = ['creation', 'termination'];

  constructor(private readonly spend: Spend) {
    super();
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.#uploads().insertOne(
      { _id: upload.id, size: upload.size ?? 0, metadata: upload.metadata ?? {}, begunAt: new Date() },
      { writeConcern: DURABLE },
    );
    return upload;
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    return (await this.spend.parts.append(id, offset, stream)).size;
  }

  override async getUpload(id: string): Promise<Upload> {
    const found = await this.#uploads().findOne({ _id: id });
    if (!found) throw { status_code: 404, body: 'no such upload; begin it anew\n' };
    const { size, metadata, begunAt } = found;
    return new Upload({
      id,
      size,
      offset: await this.spend.parts.size(id),
      metadata: { ...metadata },
      creation_date: begunAt.toISOString(),
    });
  }

  override async remove(id: string): Promise<void> {
    await this.#uploads().deleteOne({ _id: id });
    await this.spend.parts.drop(id);
  }

  /** The bytes are a file's now; what is known of the upload is no longer needed. */
  async forget(id: string): Promise<void> {
    await this.#uploads().deleteOne({ _id: id });
  }

  #uploads() {
    return collectionOf<UploadDocument>(this.spend.connection, 'uploads');
  }
}

/** What the header says; nothing where it cannot be read, which the protocol's own check answers. */
function metadataOf(header: string | undefined): Record<string, string | null> {
  try {
    return Metadata.parse(header);
  } catch {
    return {};
  }
}

/** Whose upload this is: the funder that its first request names, or named. */
export function uploadOwners(spend: Spend): Pick<Ownership, 'newUpload' | 'upload'> {
  // One that names none is refused for that.
  const ofFunder = (funder: string | null | undefined) => (funder ? { funders: [funder] } : undefined);
  return {
    newUpload: owned({ header: ['upload-metadata'] }, (said) =>
      ofFunder(metadataOf(String(said['upload-metadata'] ?? ''))['funder']),
    ),
    upload: owned({ path: ['upload'] }, async ({ upload }) => {
      const found = await collectionOf<UploadDocument>(spend.connection, 'uploads').findOne({ _id: String(upload) });
      return ofFunder(found?.metadata['funder']);
    }),
  };
}

/** Resumable uploads by the tus protocol (https://tus.io, 1.0.0), which has clients in every language. */
export function uploadRoutes(spend: Spend): Router {
  const store = new PartsStore(spend);
  const tus = new Server({
    path: '/uploads',
    datastore: store,
    relativeLocation: true,
    namingFunction: newUploadId,
    onUploadCreate: async (_request, { metadata }) => {
      const said = ['filename', 'programme', 'funder'].filter((name) => !own(metadata, name));
      if (said.length > 0) throw { status_code: 400, body: `Upload-Metadata must name ${said.join(', ')}\n` };
      try {
        await newestDialect(spend.connection, metadata?.['funder'] ?? '');
      } catch (error) {
        throw error instanceof Problem ? { status_code: error.status, body: `${error.more.detail}\n` } : error;
      }
      return {};
    },
    onUploadFinish: async (_request, { id, metadata, size = 0 }) => {
      const { filename, programme, funder } = metadata as { filename: string; programme: string; funder: string };
      const sha256 = await spend.parts.sha256(id);
      const name = filename.split(/[\\/]/).at(-1) ?? filename;
      const file = await register(spend, { programme, funder, name, door: 'RESUMABLE', upload: id, size, sha256 });
      await store.forget(id);
      spend.worker.wake();
      return { headers: { 'Content-Location': `/files/${file}` } };
    },
  });
  return Router().use('/uploads', (request, response) => tus.handle(request, response));
}
