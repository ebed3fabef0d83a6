import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
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

export async function fetchCube(connection: mongoose.Connection, release: Made, folder: string): Promise<void> {
  for (const file of SAVED)
    await pipeline(
      bucketOf(connection).openDownloadStreamByName(nameOf(release, file)),
      createWriteStream(join(folder, file)),
    );
}

/** Drops what a release was made of; nothing where it is not there. */
export async function dropCube(connection: mongoose.Connection, release: Made): Promise<void> {
  for (const file of SAVED)
    for await (const { _id } of bucketOf(connection).find({ filename: nameOf(release, file) }))
      await bucketOf(connection).delete(_id);
}
