import { createHash } from 'node:crypto';
import MongoStore, { createWebCryptoAdapter } from 'connect-mongo';
import type { Request, RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import type { Connection } from 'mongoose';
import type { Person } from '../identity/claims.js';
import type { Checks, Tokens } from '../identity/provider.js';

declare module 'express-session' {
  interface SessionData {
    /** Somebody who was sent to the provider, and where they want to go. */
    signingIn: Checks & { readonly to: string };
    signedIn: SignedIn;
  }
}

export interface SignedIn {
  readonly person: Person;
  readonly tokens: Tokens;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** What a request that writes has to bring: only our own pages can read it. */
  readonly csrf: string;
}

export interface SessionSettings {
  readonly secret: string;
  readonly idleMs: number;
  /** Whether the pages are served over TLS. */
  readonly secure: boolean;
}

const COLLECTION = 'sessions';

/**
 * Sessions are kept here, encrypted, under a hash of their id; the browser has the signed id in a cookie that no script reads.
 * @param connection that is open
 */
export function sessions(connection: Connection, { secret, idleMs, secure }: SessionSettings): RequestHandler {
  const store = MongoStore.create({
    client: connection.getClient(),
    dbName: connection.name,
    collectionName: COLLECTION,
    // ensureIndexes makes it, and waits for the database.
    autoRemove: 'disabled',
    transformId: (id) => createHash('sha256').update(id).digest('base64url'),
    cryptoAdapter: createWebCryptoAdapter({ secret }),
  });
  return session({
    // `__Host-`: of this host alone, over TLS alone, for all of its paths.
    name: secure ? '__Host-gpect' : 'gpect-session',
    secret,
    store,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: idleMs },
  });
}

/** What ended is removed by the database. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  await connection.collection(COLLECTION).createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
}

type Done = (error?: unknown) => void;
const asked = (ask: (done: Done) => void): Promise<void> =>
  new Promise((resolve, reject) => ask((error) => (error ? reject(error) : resolve())));

/** A session of another id that holds this alone. */
export async function renewed(request: Request, data: Partial<SessionData>): Promise<void> {
  await asked((done) => request.session.regenerate(done));
  Object.assign(request.session, data);
  await saved(request);
}

export const saved = (request: Request): Promise<void> => asked((done) => request.session.save(done));
/** As the store has it now: another process may have written. */
export const readAgain = (request: Request): Promise<void> => asked((done) => request.session.reload(done));
export const stopped = (request: Request): Promise<void> => asked((done) => request.session.destroy(done));
