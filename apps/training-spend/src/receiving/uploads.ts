import type { Readable } from 'node:stream';
import { own } from '@gpect/domain-values/records';
import { withoutFolders } from '@gpect/file-uploads/file-name';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { DURABLE } from '@gpect/service-kit/mongo/transaction';
import { type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import { DataStore, Server, Upload } from '@tus/server';
import type { Response } from 'express';
import type mongoose from 'mongoose';
import { newestDialect } from '../dialect/dialects.js';
import type { Spend } from '../spend.js';
import { BEGUN_UPLOADS, newUploadId } from '../spend-file/file-parts.js';
import { register } from './receive.js';
import { uploadSaid } from './upload-metadata.js';

interface UploadDocument {
  readonly _id: string;
  readonly size: number;
  readonly metadata: Readonly<Record<string, string | null>>;
  readonly begunAt: Date;
  /** When something of it came last; absent in those of before. */
  readonly touchedAt?: Date;
}

export const UPLOAD_COLLECTIONS = ['uploads', BEGUN_UPLOADS] as const;

/** Where resumable uploads stand, in the database: any replica goes on with any upload. */
class PartsStore extends DataStore {
  override extensions = ['creation', 'termination', 'expiration'];

  constructor(
    private readonly spend: Spend,
    private readonly keptMs: number,
  ) {
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
    await this.#touch(id);
    const { size } = await this.spend.parts.append(id, offset, stream);
    await this.#touch(id);
    return size;
  }

  /** From the last bytes that came, told in `Upload-Expires`. */
  override getExpiration(): number {
    return this.keptMs;
  }

  async #touch(id: string): Promise<void> {
    await this.#uploads().updateOne({ _id: id }, { $set: { touchedAt: new Date() } });
  }

  override async getUpload(id: string): Promise<Upload> {
    const found = await this.#uploads().findOne({ _id: id });
    if (!found) throw { status_code: 404, body: 'no such upload; begin it anew\n' };
    const { size, metadata, begunAt, touchedAt = begunAt } = found;
    return new Upload({
      id,
      size,
      offset: await this.spend.parts.size(id),
      metadata: { ...metadata },
      creation_date: touchedAt.toISOString(),
    });
  }

  override async remove(id: string): Promise<void> {
    await this.#uploads().deleteOne({ _id: id });
    await this.spend.parts.drop(id);
  }

  #uploads() {
    return uploadsOf(this.spend.connection);
  }
}

/** Registers the file behind an upload whose bytes are all there. Safe to do again, and beside another that does the same. */
async function registerUpload(
  spend: Spend,
  { _id: upload, metadata, size }: Pick<UploadDocument, '_id' | 'metadata' | 'size'>,
): Promise<string> {
  const { filename, programme, funder } = metadata as { filename: string; programme: string; funder: string };
  const sha256 = await spend.parts.sha256(upload);
  const name = withoutFolders(filename);
  const file = await register(spend, { programme, funder, name, door: 'RESUMABLE', upload, size, sha256 });
  // The bytes are a file's now; what is known of the upload is no longer needed.
  await uploadsOf(spend.connection).deleteOne({ _id: upload });
  spend.worker.wake();
  return file;
}

/**
 * Registers the uploads whose last byte came before `until` and that no file stands behind: whoever should have registered
 * them died or had no database at that moment, while the sender was told, or learns by HEAD, that all is there.
 */
export async function registerComplete(spend: Spend, until: Date): Promise<void> {
  const failures: unknown[] = [];
  for await (const upload of uploadsOf(spend.connection).find({ touchedAt: { $lt: until } })) {
    if ((await spend.parts.size(upload._id)) !== upload.size) continue;
    // One that cannot be registered holds up no other.
    await registerUpload(spend, upload).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} uploads could not be registered`);
}

const uploadsOf = (connection: mongoose.Connection) => collectionOf<UploadDocument>(connection, 'uploads');

/** Resumable uploads on which nothing happened since. */
export function abandonedUploads(connection: mongoose.Connection, since: Date) {
  const uploads = uploadsOf(connection);
  return {
    ids: async () => {
      const untouched = {
        $or: [{ touchedAt: { $lt: since } }, { touchedAt: { $exists: false }, begunAt: { $lt: since } }],
      };
      return (await uploads.find(untouched).toArray()).map(({ _id }) => _id);
    },
    forget: (id: string) => uploads.deleteOne({ _id: id }),
  };
}

/** Whose upload this is: the funder that its first request names, or named. */
export function uploadOwners(spend: Spend): Pick<Ownership, 'newUpload' | 'upload'> {
  return {
    newUpload: owned({ header: ['upload-metadata'] }, (said) => {
      const { funder, programme } = uploadSaid(said['upload-metadata']);
      return { funders: [funder], programmes: [programme] };
    }),
    upload: owned({ path: ['upload'] }, async ({ upload }) => {
      const { metadata = {} } = (await uploadsOf(spend.connection).findOne({ _id: String(upload) })) ?? {};
      const [funder, programme] = [own(metadata, 'funder'), own(metadata, 'programme')];
      return funder && programme ? { funders: [funder], programmes: [programme] } : undefined;
    }),
  };
}

/** Resumable uploads by the tus protocol (https://tus.io, 1.0.0), which has clients in every language. */
export function uploadRoutes(spend: Spend, keptMs: number) {
  const store = new PartsStore(spend, keptMs);
  const tus = new Server({
    path: '/uploads',
    datastore: store,
    relativeLocation: true,
    namingFunction: newUploadId,
    onUploadFinish: async (_request, { id, metadata, size = 0 }) => {
      const file = await registerUpload(spend, { _id: id, metadata: metadata ?? {}, size });
      return { headers: { 'Content-Location': `/files/${file}` } };
    },
  });
  const byProtocol = ({ request }: RoutedRequest, response: Response) => tus.handle(request, response);
  return {
    // Before the protocol's own: a refusal is a problem like any other, with when to come again.
    'POST /uploads': async (asked, response) => {
      const { request } = asked;
      const { funder } = uploadSaid(request.get('upload-metadata'));
      const length = Number(request.get('upload-length') ?? Number.NaN);
      if (length >= 0) {
        await newestDialect(spend.connection, funder);
        await spend.quotas.takeFile(funder, length);
      }
      await byProtocol(asked, response);
    },
    'HEAD /uploads/{upload}': byProtocol,
    'PATCH /uploads/{upload}': byProtocol,
    'DELETE /uploads/{upload}': byProtocol,
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}
