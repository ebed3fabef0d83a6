import type mongoose from 'mongoose';
import { DOCUMENTS, ensureDocuments } from './facts/store.js';
import { ensureChangeLog, LOG_COLLECTIONS } from './feed/change-log.js';
import { noteSumsOfBefore, SUMS_OF_BEFORE } from './feed/sums-kept.js';
import { INSTALLATION_KEYS } from './installation-key.js';
import { CUBE_COLLECTIONS } from './releases/kept-cubes.js';
import { ensureReleases, RELEASE_COLLECTIONS } from './releases/store.js';

/** What is built from the topics. */
export const READ_MODEL: readonly string[] = [...DOCUMENTS, ...LOG_COLLECTIONS];

/** All collections of reporting. Releases are no read model: what was told once is kept, whatever is built again. */
export const COLLECTIONS: readonly string[] = [
  ...READ_MODEL,
  SUMS_OF_BEFORE,
  ...RELEASE_COLLECTIONS,
  ...CUBE_COLLECTIONS,
  INSTALLATION_KEYS,
];

export async function ensureCollections(connection: mongoose.Connection): Promise<void> {
  await ensureDocuments(connection);
  await ensureChangeLog(connection);
  await noteSumsOfBefore(connection);
  await ensureReleases(connection);
}
