import type mongoose from 'mongoose';
import { CannotHeal, causesOf, connectionFault, type StartFault } from '../service/start-fault.js';

interface MongoError extends Error {
  readonly code?: number | string;
  /** Of a selection that found no server: what each of them answered. */
  readonly reason?: {
    readonly servers?: ReadonlyMap<string, { readonly type?: string; readonly error?: Error | null }>;
  };
}

const REFUSED: ReadonlyMap<number, string> = new Map([
  [
    18,
    'the database refuses the user name or the password of MONGO_URL (AuthenticationFailed): check both, and authSource',
  ],
  [
    13,
    'the database does not let the user of MONGO_URL do what a service does (Unauthorized): it needs the role readWrite on the database that MONGO_URL names',
  ],
  [8000, 'the database refuses the user name or the password of MONGO_URL (AtlasError): check both'],
]);
const INDEX_CONFLICTS: readonly unknown[] = [85, 86, 67];
const DUPLICATE_KEY = 11000;
/** The driver does not take the connection string as it is. */
const OF_THE_STRING: readonly string[] = [
  'MongoParseError',
  'MongoInvalidArgumentError',
  'MongoMissingCredentialsError',
  'MongoCompatibilityError',
  'MongoAPIError',
];

/** Why a start that needs the database failed. */
export function databaseFault(error: unknown): StartFault {
  const [first] = causesOf(error) as MongoError[];
  if (!first) return { heals: true, reason: 'the start failed' };
  if (first instanceof CannotHeal) return { heals: false, reason: first.message };
  const refused = typeof first.code === 'number' ? REFUSED.get(first.code) : undefined;
  if (refused) return { heals: false, reason: refused };
  if (INDEX_CONFLICTS.includes(first.code))
    return {
      heals: false,
      reason: `an index of this service exists with other options: ${first.message}; drop it, it is made anew at the next start`,
    };
  if (first.code === DUPLICATE_KEY)
    return {
      heals: false,
      // What follows in the driver's text are values.
      reason: `a unique index cannot be made, a value stands there twice: ${first.message.replace(/ dup key:.*$/s, '')}`,
    };
  if (OF_THE_STRING.includes(first.name))
    return { heals: false, reason: `the driver does not take MONGO_URL (${first.name}): check its options` };
  return awayFault(first);
}

/** A server that waiting cannot help with is one among none that can be had. */
function awayFault(error: MongoError): StartFault {
  const servers = [...(error.reason?.servers ?? [])];
  if (servers.length === 0) {
    const fault = connectionFault(error);
    if (fault) return { ...fault, reason: `the database cannot be reached: ${fault.reason}` };
    return error.name.endsWith('ServerSelectionError')
      ? { heals: true, reason: 'no server of the replica set that MONGO_URL names is there: check replicaSet' }
      : { heals: true, reason: `the start failed: ${error.name}; the log says more` };
  }
  const faults = servers.map(([host, { type, error: why }]) => ({
    host,
    fault: why ? connectionFault(why) : undefined,
    else: type === 'Unknown' ? 'it does not answer' : 'it takes no writes now',
  }));
  const said = faults.map((one) => `${one.host}: ${one.fault?.reason ?? one.else}`).join('; ');
  return {
    heals: !faults.every(({ fault }) => fault?.heals === false),
    reason: `the database cannot be reached: ${said}`,
  };
}

/** Names, in a fault of an index, the collections that have one called so: the server does not. */
export async function withCollectionOfIndex(connection: mongoose.Connection, error: unknown): Promise<unknown> {
  const [first] = causesOf(error) as MongoError[];
  if (!first || !INDEX_CONFLICTS.includes(first.code)) return error;
  const db = connection.getClient().db(connection.name);
  const found: string[] = [];
  for (const { name } of await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray())
    for (const index of await db.collection(name).indexes())
      if (index.name && index.name !== '_id_' && first.message.includes(index.name))
        found.push(`${name}.${index.name}`);
  first.message = `${first.message} (${found.join(', ')})`;
  return first;
}
