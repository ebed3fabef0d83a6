import type mongoose from 'mongoose';

const INDEX_OPTIONS_CONFLICT = 85;

/**
 * Documents of a collection end so long after the instant that they were written (`at`). Where the index was made by a release
 * that kept them longer or less long, it is changed: the time stands in the code alone.
 */
export async function keepFor<T extends { readonly at: Date }>(
  connection: mongoose.Connection,
  collection: mongoose.mongo.Collection<T>,
  seconds: number,
): Promise<void> {
  try {
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: seconds });
  } catch (error) {
    if ((error as { code?: unknown }).code !== INDEX_OPTIONS_CONFLICT) throw error;
    const db = connection.getClient().db(connection.name);
    await db.command({
      collMod: collection.collectionName,
      index: { keyPattern: { at: 1 }, expireAfterSeconds: seconds },
    });
  }
}
