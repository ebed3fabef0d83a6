import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Upload } from '@gpect/service-kit/imports/upload';

/** An upload on disk: its bytes are its identity, so the file is known again under any name. */
export interface SpooledFile {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
}

/** Receives the whole file to disk, hands it on, and removes it whatever happens. */
export async function spooled<T>({ fileName, stream }: Upload, use: (file: SpooledFile) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gpect-spend-'));
  try {
    const path = join(folder, 'upload');
    const hash = createHash('sha256');
    await pipeline(
      stream,
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(path),
    );
    return await use({ name: fileName, path, sha256: hash.digest('hex') });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
