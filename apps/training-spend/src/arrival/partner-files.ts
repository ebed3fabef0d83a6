import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { isDuplicateKey, type Session } from '@gpect/service-kit/mongo/transaction';
import type { Spend } from '../spend.js';
import { newUploadId } from '../spend-file/file-parts.js';
import { arrived, register } from './receive.js';

/** A small file that came by event, with its bytes. */
export interface SentFile {
  readonly programme: string;
  readonly funder: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** @throws Error where the event's source is not the funder that it speaks for: the event is parked with that reason */
export function sentFileOf({ data, source }: RecordedEvent<'fr.gpect.partner.spend-file-sent.v1'>): SentFile {
  if (source !== `/partners/${data.funder}`)
    throw new Error(`source ${source} may not send for ${data.funder}: it must be /partners/${data.funder}`);
  return {
    programme: data.programme,
    funder: data.funder,
    name: data.fileName,
    bytes: Buffer.from(data.content, 'base64'),
  };
}

/** Keeps a file within the transaction of the event that brought it. */
export async function keepSentFile(spend: Spend, { bytes, ...said }: SentFile, session: Session): Promise<void> {
  const upload = newUploadId();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = arrived({ ...said, door: 'EVENT', upload, size: bytes.length, sha256 });
  if (await spend.files.find(file._id)) {
    // Known bytes: outside the transaction, since it changes nothing, or opens the file again in one of its own.
    await spend.parts.append(upload, 0, oneChunk(bytes));
    await register(spend, { ...said, door: 'EVENT', upload, size: bytes.length, sha256 });
    return;
  }
  try {
    await spend.parts.keep(upload, bytes, session);
    await spend.files.insert(file, session);
  } catch (error) {
    if (isDuplicateKey(error)) throw new SentTwiceAtOnce();
    throw error;
  }
}

/** Another replica registers the same bytes at this moment; the batch is taken again and finds them. */
class SentTwiceAtOnce extends Error {
  override readonly name = 'ConcurrencyConflict';
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
