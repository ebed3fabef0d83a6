import type mongoose from 'mongoose';
import { causesOf } from '../config/start-fault.js';

export type Session = mongoose.mongo.ClientSession;
type Connection = mongoose.Connection;

/** Survives the loss of any one server: for what was answered or will be published. */
export const DURABLE = { w: 'majority', journal: true } as const;
/** Acknowledged, not yet on disk: for what is made again from what is durable. */
export const REPEATABLE = { w: 1, journal: false } as const;

/**
 * Runs the writes in one transaction, durable unless said otherwise. The callback may run again after a transient
 * error, so it holds writes alone: ids, clocks and decisions are made before it.
 */
export async function inTransaction(
  connection: Connection,
  writes: (session: Session) => Promise<void>,
  writeConcern: typeof DURABLE | typeof REPEATABLE = DURABLE,
): Promise<void> {
  const session = connection.getClient().startSession();
  try {
    await session.withTransaction(() => writes(session), { writeConcern, maxCommitTimeMS: 30_000 });
  } finally {
    await session.endSession();
  }
}

const TRANSIENT_NAMES = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoExpiredSessionError',
  'MongooseServerSelectionError',
  'MongoWriteConcernError',
  'MongoOperationTimeoutError',
  'MongoClientClosedError',
  'MongoServerClosedError',
  'MongoStalePrimaryError',
  'MongoUnexpectedServerResponseError',
  'MongoCursorExhaustedError',
  'PoolClearedOnNetworkError',
]);
/**
 * Codes by which a server says that it is not itself: of the network, not primary, shutting down, interrupted, out of time,
 * room or memory, of write concerns and read preferences that cannot be met now, of transactions and cursors that are gone.
 */
const TRANSIENT_CODES = new Set([
  6, 7, 24, 43, 46, 50, 64, 79, 89, 91, 100, 107, 112, 117, 133, 134, 175, 189, 202, 225, 237, 239, 246, 251, 262, 279,
  290, 355, 365, 384, 391, 462, 9001, 10107, 11600, 11601, 11602, 13435, 13436, 14031,
]);
/** Codes by which it refuses the user: mended on the server, and no fault of what was to be written. */
const NOT_LET_IN = new Set([13, 18, 8000]);
const TRANSIENT_LABELS = [
  'TransientTransactionError',
  'UnknownTransactionCommitResult',
  'RetryableWriteError',
  'RetryableError',
  'SystemOverloadedError',
];
/** What Mongoose says, by no name of its own, of a query that it kept back until there is a connection. */
const NO_CONNECTION = /buffering timed out|before initial connection|Connection was force closed/;

/** Nothing was done, and trying again can help: what our own code says of it, beside what the database says. */
export abstract class Transient extends Error {}

/** Whether trying again later can help: the server is away or busy. Anything else is a fault of the data or of our code. */
export function isTransient(error: unknown): boolean {
  return causesOf(error).some((one) => {
    const { code, hasErrorLabel } = one as { code?: unknown; hasErrorLabel?: (label: string) => boolean };
    if (one instanceof Transient || TRANSIENT_NAMES.has(one.name)) return true;
    if (one.name === 'MongooseError') return NO_CONNECTION.test(one.message);
    if (typeof code === 'number' && (TRANSIENT_CODES.has(code) || NOT_LET_IN.has(code))) return true;
    return TRANSIENT_LABELS.some((label) => hasErrorLabel?.call(one, label));
  });
}

/** No room on a disk: of the database (OutOfDiskSpace), or of this machine, where packed files are opened. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return code === 14031 || code === 'ENOSPC' || code === 'EDQUOT';
}

/** Two writers met on the same aggregate; the loser decides again on the new state. */
export class ConcurrencyConflict extends Transient {
  override readonly name = 'ConcurrencyConflict';
}

/** Another reader took the partition over, or its read model is being rebuilt: read the position again. */
export class PositionLost extends Transient {
  override readonly name = 'PositionLost';
}

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && (error as { code?: number }).code === 11000;
}
