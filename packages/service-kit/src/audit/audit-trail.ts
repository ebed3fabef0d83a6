import { AsyncLocalStorage } from 'node:async_hooks';
import type { Request, RequestHandler } from 'express';
import type mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { tracedBy } from '../http/trace-headers.js';
import { collectionOf } from '../mongo/connection.js';
import type { Session } from '../mongo/transaction.js';

/** Who asks, by which operation and from where. */
interface Asker {
  readonly who: string;
  readonly roles: readonly string[];
  /** Network address that the request came from, behind the proxy where there is one. */
  readonly from: string;
  readonly operation: string;
  readonly path: string;
  readonly correlationid?: string;
}

/** One write, or one read of every figure: who made it, when, by which operation, from where, and what it changed or read. */
export interface AuditEntry extends Asker {
  /** UUIDv7: entries sort by the instant they were made. */
  readonly _id: string;
  readonly at: Date;
  /** Each thing that it changed, with the events that say how. */
  readonly changes: readonly { readonly subject: string; readonly events: readonly string[] }[];
  /** Of a read: what it was about, and why it was made. */
  readonly read?: readonly string[];
  readonly purpose?: string;
}

/** Who asks, for whatever is written on the way: every write of a request is made inside its context. */
const asker = new AsyncLocalStorage<Asker>();

export const AUDIT = 'audit';

export function auditContext(): RequestHandler {
  return (request, _response, next) => {
    const of = askerOf(request);
    if (of) asker.run(of, next);
    else next();
  };
}

function askerOf(request: Request): Asker | undefined {
  const { caller, method, originalUrl, ip } = request;
  if (!caller) return undefined;
  const operation = (request as { openapi?: { schema?: { operationId?: string } } }).openapi?.schema?.operationId;
  const { correlationid } = tracedBy(request);
  return {
    who: caller.subject,
    roles: caller.roles,
    from: ip ?? 'unknown',
    operation: operation ?? method,
    path: `${method} ${originalUrl}`,
    ...(correlationid ? { correlationid } : {}),
  };
}

/** The audit's part of a transaction; undefined where nothing changed or no request asked (an event did: it says so itself). */
export function auditOf(changes: AuditEntry['changes']): AuditEntry | undefined {
  const of = asker.getStore();
  if (!of || changes.length === 0) return undefined;
  return { _id: uuidv7(), at: new Date(), ...of, changes };
}

export async function appendToAudit(
  connection: mongoose.Connection,
  entries: readonly AuditEntry[],
  session: Session,
): Promise<void> {
  if (entries.length > 0) await trailOf(connection).insertMany([...entries], { session });
}

/** Writes of a request that no aggregate made (a file's bytes, an upload under way). */
export async function auditWrite(
  connection: mongoose.Connection,
  subject: string,
  what: string,
  session?: Session,
): Promise<void> {
  const entry = auditOf([{ subject, events: [what] }]);
  if (entry) await trailOf(connection).insertOne(entry, session ? { session } : {});
}

/**
 * A read of what is told to those alone who say why. Waited for before anything is answered: what is not in the trail is not told.
 *
 * @param subjects what is read: codes of programmes
 * @param purpose why, as who asks said
 * @throws where no request asks, or the entry cannot be written
 */
export async function auditRead(
  connection: mongoose.Connection,
  subjects: readonly string[],
  purpose: string,
): Promise<void> {
  const of = asker.getStore();
  if (!of) throw new Error('no request asks for what is read: nobody could be told who did');
  await trailOf(connection).insertOne({ _id: uuidv7(), at: new Date(), ...of, changes: [], read: subjects, purpose });
}

export function trailOf(connection: mongoose.Connection): mongoose.mongo.Collection<AuditEntry> {
  return collectionOf<AuditEntry>(connection, AUDIT);
}

export async function indexAudit(connection: mongoose.Connection): Promise<void> {
  await trailOf(connection).createIndexes([
    { key: { 'changes.subject': 1, _id: -1 } },
    { key: { read: 1, _id: -1 }, sparse: true },
    { key: { who: 1, _id: -1 } },
  ]);
}
