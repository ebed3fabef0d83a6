import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@gpect/service-kit/http/problem';
import mongoose from 'mongoose';
import { SAVED } from '../cube/saved.js';
import type { ReleaseDocument } from './release.js';

const BUCKET = 'release_cubes';
/** The collections of the bucket. */
export const CUBE_COLLECTIONS: readonly string[] = [`${BUCKET}.files`, `${BUCKET}.chunks`];

const bucketOf = (connection: mongoose.Connection) =>
  new mongoose.mongo.GridFSBucket(connection.getClient().db(connection.name) as never, { bucketName: BUCKET });

/** A folder for files of a cube, gone when the work is done. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gpect-release-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Made = Pick<ReleaseDocument, '_id' | 'madeAt'>;

/** By its instant as well: of two replicas that release on one day, one keeps its release, and both have kept their cube. */
const nameOf = ({ _id, madeAt }: Made, file: string): string => `${_id} ${madeAt.getTime()} ${file}`;

/** Keeps what a release was made of: the next one is held against it. */
export async function keepCube(connection: mongoose.Connection, release: Made, folder: string): Promise<void> {
  for (const file of SAVED)
    await pipeline(createReadStream(join(folder, file)), bucketOf(connection).openUploadStream(nameOf(release, file)));
}

/** @throws Problem 409 where it is not there: nothing can be held against it */
export async function fetchCube(
  connection: mongoose.Connection,
  release: Made & Pick<ReleaseDocument, 'date'>,
  folder: string,
): Promise<void> {
  for (const file of SAVED) {
    const kept = bucketOf(connection).openDownloadStreamByName(nameOf(release, file));
    await pipeline(kept, createWriteStream(join(folder, file))).catch((error: unknown) => {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? notHeldAgainst(release.date) : error;
    });
  }
}

/** A release of which numbers still stand, and of which it is not known any more what they were made of. */
export function notHeldAgainst(day: string): Problem {
  const [files, chunks] = CUBE_COLLECTIONS;
  return new Problem(409, 'release-before-missing', 'The release before is missing', {
    detail: `numbers of the last release are of ${day}, and what they were made of is not in reporting's database: a new release cannot be held against them, and none is made. What was released stays readable. To release again, restore the collections releases, ${files} and ${chunks} from a backup of reporting's database; where there is none, see docs/adr/0031`,
    french: `des nombres de la dernière publication sont du ${day}, et ce dont ils ont été faits n’est pas dans la base de reporting\u00a0: une nouvelle publication ne peut pas leur être comparée, et aucune n’est faite. Ce qui est publié reste lisible. Pour publier de nouveau, restaurez les collections releases, ${files} et ${chunks} d’une sauvegarde de la base de reporting\u202f; s’il n’y en a pas, voir docs/adr/0031`,
  });
}

/** Drops what a release was made of; nothing where it is not there. */
export async function dropCube(connection: mongoose.Connection, release: Made): Promise<void> {
  for (const file of SAVED)
    for await (const { _id } of bucketOf(connection).find({ filename: nameOf(release, file) }))
      await bucketOf(connection).delete(_id);
}
