import { target } from '@gpect/service-kit/aggregate/aggregate';
import { auditWrite } from '@gpect/service-kit/audit/audit-trail';
import { inTransaction, isDuplicateKey } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { versionsOf } from '../dialect/dialects.js';
import { newUploadId } from '../spend-file/file-parts.js';
import { type Channel, type FileDocument, NOT_BEGUN } from '../spend-file/file-store.js';
import { namesOf, spendFile } from '../spend-file/spend-file.js';
import type { SpendParts } from '../spend-file/spend-parts.js';
import { fileIdOf } from '../spend-line/file-id.js';
import { Overtaken } from '../spend-line/overtaken.js';

/** A file whose bytes are kept, and what its sender says of it. */
export interface ReceivedFile {
  readonly programme: string;
  readonly funder: string;
  readonly name: string;
  readonly door: Channel;
  readonly upload: string;
  readonly size: number;
  readonly sha256: string;
}

/** Keeps the bytes of a stream and registers the file behind them: from then on it is read, whatever dies. */
export async function receiveStream(
  reception: SpendParts,
  said: Pick<ReceivedFile, 'programme' | 'funder' | 'name' | 'door'>,
  stream: AsyncIterable<Buffer>,
): Promise<string> {
  const upload = newUploadId();
  try {
    await reception.parts.begin(upload);
    const { size, sha256 } = await reception.parts.append(upload, 0, stream);
    const file = await register(reception, { ...said, upload, size, sha256 });
    await reception.parts.settled(upload).catch(() => undefined);
    return file;
  } catch (error) {
    await reception.parts.drop(upload).catch(() => undefined);
    throw error;
  }
}

/** The document of a file that has just come. */
export function arrived({ programme, funder, name, door, upload, size, sha256 }: ReceivedFile): FileDocument {
  return {
    ...NOT_BEGUN,
    _id: fileIdOf(programme, funder, sha256),
    programme,
    funder,
    fileId: sha256,
    file: name,
    status: 'RECEIVED',
    door,
    receivedAt: new Date(),
    upload,
    size,
    alsoAs: [],
  };
}

/**
 * Registers a file by its bytes. The same bytes under any name are the same file: nothing happens, unless there is reason
 * to read it again (it was withdrawn or rejected, or some lines were refused and its funder has a newer dialect).
 * @returns the file's id
 */
export async function register(reception: SpendParts, arrival: ReceivedFile): Promise<string> {
  const { connection, files, parts } = reception;
  const file = arrived(arrival);
  for (;;) {
    const known = await files.find(file._id);
    // Registered before, by somebody who could not say so any more: these bytes are the file's.
    if (known?.upload === arrival.upload) return file._id;
    try {
      if (!known)
        await inTransaction(connection, async (session) => {
          await files.insert(file, session);
          await auditWrite(connection, file._id, 'file received', session);
        });
      else if (!(await reopened(reception, known, arrival))) await parts.drop(arrival.upload);
      if (known) await files.alsoAs(file._id, arrival.name);
      return file._id;
    } catch (error) {
      // Somebody sent the same bytes at the same moment: theirs are kept.
      if (!(error instanceof Overtaken) && !isDuplicateKey(error)) throw error;
    }
  }
}

async function reopened(
  { connection, runner, files, parts }: SpendParts,
  known: FileDocument,
  { upload }: ReceivedFile,
): Promise<boolean> {
  const because = await reasonToReadAgain(connection, known);
  if (!because) return false;
  await runner.run([target(spendFile, known._id, { kind: 'reopen', reopened: { ...namesOf(known), because } })], {
    extras: () => ({ write: (session) => files.reopen(known, upload, session) }),
  });
  await parts.drop(known.upload);
  return true;
}

async function reasonToReadAgain(
  connection: mongoose.Connection,
  { status, funder, counts, dialectVersion = 0 }: FileDocument,
): Promise<'SENT_AGAIN' | 'NEWER_DIALECT' | undefined> {
  if (status === 'WITHDRAWN' || status === 'REJECTED') return 'SENT_AGAIN';
  if (status !== 'READ' || counts.refused === 0) return undefined;
  const newest = (await versionsOf(connection, funder)).at(-1)?.version ?? 0;
  return newest > dialectVersion ? 'NEWER_DIALECT' : undefined;
}
