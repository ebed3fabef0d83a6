import type mongoose from 'mongoose';
import { CannotHeal, causesOf, connectionFault, type StartFault } from '../config/start-fault.js';

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
/** What a server answers that no waiting changes: what is configured is wrong, or the server is no MongoDB that is enough. */
const NEVER: ReadonlyMap<number, string> = new Map([
  [
    13297,
    'the server has a database whose name differs from the one of MONGO_URL by upper and lower case alone (DatabaseDifferCase): write it as it is there',
  ],
  [
    73,
    'the server takes no database or collection of this name (InvalidNamespace): the name in MONGO_URL has at most 38 characters, letters, digits, - and _',
  ],
  [
    20,
    'the server does not do what a service needs (IllegalOperation): transactions want a replica set; start mongod with --replSet, one member will do',
  ],
  [166, 'a view stands where a collection of this service should (CommandNotSupportedOnView): drop or rename it'],
  [59, 'the server does not know a command that is needed (CommandNotFound): it is no MongoDB, or too old a one'],
  [115, 'the server does not do what is needed (CommandNotSupported): it is no MongoDB, or too old a one'],
  [238, 'the server does not do what is needed (NotImplemented): it is no MongoDB, or too old a one'],
  [
    72,
    'the server does not take an option that is needed (InvalidOptions): it is too old, or one of its own forbids it',
  ],
  [
    121,
    'the server refuses a document by a validator of its own (DocumentValidationFailure): take it off the collection',
  ],
]);
const INDEX_CONFLICTS: readonly unknown[] = [85, 86, 67];
const DUPLICATE_KEY = 11000;
/** The driver does not take the connection string as it is. */
const OF_THE_STRING: readonly string[] = [
  'MongoParseError',
  'MongoInvalidArgumentError',
  'MongoMissingCredentialsError',
  'MongoAPIError',
];

/** Why a start that needs the database failed. */
export function databaseFault(error: unknown): StartFault {
  const [first] = causesOf(error) as MongoError[];
  if (!first) return { heals: true, reason: 'the start failed' };
  if (first instanceof CannotHeal) return { heals: false, reason: first.message };
  const refused = typeof first.code === 'number' ? (REFUSED.get(first.code) ?? NEVER.get(first.code)) : undefined;
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
  if (first.name === 'MongoCompatibilityError')
    return { heals: false, reason: 'the server that MONGO_URL names is too old, or too new, for this release' };
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
