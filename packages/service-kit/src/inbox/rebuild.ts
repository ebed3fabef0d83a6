import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { marksOf } from './older-marks.js';
import { HELD, type PositionDocument, positionsOf } from './positions.js';
import { logOf } from './taken-log.js';

/** More partitions than any topic of ours has. */
const PARTITIONS = 64;

/**
 * Empties a read model so that it is built again from the first event, with its readers running or not. Every position
 * is held first, so that no batch commits meanwhile; letting go of the positions is what starts the rebuild.
 */
export async function emptyReadModel(
  connection: mongoose.Connection,
  topics: readonly string[],
  collections: readonly string[],
): Promise<void> {
  const positions = positionsOf(connection);
  const keys = topics.flatMap((topic) => Array.from({ length: PARTITIONS }, (_, partition) => `${topic}/${partition}`));
  const hold = keys.map(
    (_id): mongoose.mongo.AnyBulkWriteOperation<PositionDocument> => ({
      updateOne: { filter: { _id }, update: { $set: { next: HELD } }, upsert: true },
    }),
  );
  await positions.bulkWrite(hold);
  for (const name of collections) await collectionOf(connection, name).deleteMany({});
  await marksOf(connection).deleteMany({});
  await logOf(connection).deleteMany({});
  await collectionOf(connection, 'parked_events').deleteMany({});
  await positions.deleteMany({});
}
