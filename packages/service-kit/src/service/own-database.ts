import type mongoose from 'mongoose';
import { stateModel } from '../aggregate/state-store.js';
import { AUDIT, indexAudit } from '../audit/audit-trail.js';
import { DISCARDED } from '../dead-letters/dead-letters.js';
import { BEGINNINGS } from '../inbox/positions.js';
import { READS } from '../inbox/reads.js';
import { ensureInboxIndexes, TAKEN_LOG } from '../inbox/taken-log.js';
import { UNKNOWN_TYPES } from '../inbox/unknown-types.js';
import { withCollectionOfIndex } from '../mongo/database-fault.js';
import { claimDatabase } from '../mongo/owner.js';
import { ASIDE, Aside } from '../outbox/aside.js';
import { GIVEN_UP } from '../outbox/stuck.js';
import { WAY } from '../outbox/way.js';
import type { ServiceContext, ServiceDefinition } from './definition.js';

/** The collections that every service has. */
const INTERNAL_COLLECTIONS = [
  'outbox',
  WAY,
  ASIDE,
  GIVEN_UP,
  'leases',
  'inbox_positions',
  'inbox_marks',
  BEGINNINGS,
  UNKNOWN_TYPES,
  READS,
  TAKEN_LOG,
  'parked_events',
  'answers',
  DISCARDED,
  AUDIT,
];
type Kept = Pick<ServiceDefinition, 'name' | 'aggregates' | 'collections' | 'extensions'>;

/** All its collections beside those that every service has. */
const ownCollections = ({ collections = [], extensions = [] }: Kept): string[] => [
  ...collections,
  ...extensions.flatMap((extension) => extension.collections ?? []),
];

/** Whoever opens a service's database asks for it first: two services in one would each take the other's for its own. */
export function claimOwnDatabase(connection: mongoose.Connection, definition: Kept): Promise<void> {
  const { name, aggregates } = definition;
  return claimDatabase(connection, name, [...INTERNAL_COLLECTIONS, ...aggregates, ...ownCollections(definition)]);
}

/** Collections and indexes exist before the first transaction: none is created inside one. */
export async function prepareDatabase(
  definition: Kept & Pick<ServiceDefinition, 'indexes'>,
  { connection, commands }: ServiceContext,
): Promise<void> {
  await claimOwnDatabase(connection, definition);
  for (const aggregate of definition.aggregates) await stateModel(connection, aggregate).createCollection();
  const db = connection.getClient().db(connection.name);
  const existing = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map((c) => c.name));
  for (const collection of [...INTERNAL_COLLECTIONS, ...ownCollections(definition)])
    if (!existing.has(collection)) await db.createCollection(collection);
  try {
    await commands.answers.ensureIndexes();
    await ensureInboxIndexes(connection);
    await indexAudit(connection);
    await new Aside(connection).ensureIndexes();
    for (const extension of definition.extensions ?? []) await extension.indexes?.(connection);
    await definition.indexes?.(connection);
  } catch (error) {
    throw await withCollectionOfIndex(connection, error);
  }
}
