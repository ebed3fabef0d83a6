import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { marksOf } from './older-marks.js';
import { whileHeld } from './positions.js';
import { logOf } from './taken-log.js';

/**
 * Empties a read model so that it is built again from the first event, with its readers running or not. Every partition
 * is held first, so that no batch commits meanwhile; letting go of them is what starts the rebuild.
 */
export async function emptyReadModel(connection: mongoose.Connection, collections: readonly string[]): Promise<void> {
  await whileHeld(connection, async () => {
    for (const name of collections) await collectionOf(connection, name).deleteMany({});
    await marksOf(connection).deleteMany({});
    await logOf(connection).deleteMany({});
    await collectionOf(connection, 'parked_events').deleteMany({});
  });
}
