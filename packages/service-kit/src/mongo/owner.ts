import type mongoose from 'mongoose';
import { CannotHeal } from '../config/start-fault.js';
import { collectionOf } from './connection.js';
import { DURABLE } from './transaction.js';

/** Says whose database it is. */
export const OWNER = 'database_owner';

interface OwnerMark {
  readonly _id: 'service';
  readonly service: string;
  readonly since: Date;
}

/**
 * Takes the database for this service, or refuses one that is not its own. Databases of before the mark are taken where they
 * hold this service's collections alone.
 * @throws CannotHeal
 */
export async function claimDatabase(
  connection: mongoose.Connection,
  service: string,
  ours: readonly string[],
): Promise<void> {
  await requireReplicaSet(connection);
  const marks = collectionOf<OwnerMark>(connection, OWNER);
  const _id = 'service';
  if (!(await marks.findOne({ _id }))) {
    const others = await collectionsBeside(connection, [...ours, OWNER]);
    if (others.length > 0)
      throw new CannotHeal(
        `the database that MONGO_URL names holds what is not ${service}'s (${others.join(', ')}): name the database of ${service}; if it is, say so in it once: db.${OWNER}.insertOne({ _id: "service", service: "${service}" })`,
      );
    const mark = { service, since: new Date() };
    await marks.updateOne({ _id }, { $setOnInsert: mark }, { upsert: true, writeConcern: DURABLE });
  }
  const owner = (await marks.findOne({ _id }))?.service;
  if (owner !== service)
    throw new CannotHeal(
      `the database that MONGO_URL names is the one of ${owner}, this is ${service}: each service has its own`,
    );
}

async function collectionsBeside(connection: mongoose.Connection, known: readonly string[]): Promise<string[]> {
  const db = connection.getClient().db(connection.name);
  const there = await db.listCollections({}, { nameOnly: true }).toArray();
  return there.map(({ name }) => name).filter((name) => !name.startsWith('system.') && !known.includes(name));
}

/** Without one there are no transactions, which nothing here can do without. */
async function requireReplicaSet(connection: mongoose.Connection): Promise<void> {
  const hello = await connection.getClient().db(connection.name).command({ hello: 1 });
  if (hello['setName'] || hello['msg'] === 'isdbgrid' || hello['isreplicaset']) return;
  throw new CannotHeal(
    'the server that MONGO_URL names is no replica set, so it has no transactions: start mongod with --replSet, one member will do',
  );
}
