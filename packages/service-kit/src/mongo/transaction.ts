import type mongoose from 'mongoose';

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
  'PoolClearedOnNetworkError',
  'ConcurrencyConflict',
  'PositionLost',
]);
/** Not primary, shutting down, interrupted, write conflict, no such transaction, disk full. */
const TRANSIENT_CODES = new Set([
  10107, 11600, 11602, 13435, 13436, 189, 91, 7, 6, 89, 9001, 262, 112, 251, 24, 50, 14031,
]);

/** Whether trying again later can help: the server is away or busy. Anything else is a fault of the data or of our code. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, hasErrorLabel } = error as { code?: number; hasErrorLabel?: (label: string) => boolean };
  if (TRANSIENT_NAMES.has(error.name) || (typeof code === 'number' && TRANSIENT_CODES.has(code))) return true;
  return ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError'].some((label) =>
    hasErrorLabel?.call(error, label),
  );
}

/** No room on a disk: of the database (OutOfDiskSpace), or of this machine, where packed files are opened. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return code === 14031 || code === 'ENOSPC' || code === 'EDQUOT';
}

/** Two writers met on the same aggregate; the loser decides again on the new state. */
export class ConcurrencyConflict extends Error {
  override readonly name = 'ConcurrencyConflict';
}

/** Another reader took the partition over, or its read model is being rebuilt: read the position again. */
export class PositionLost extends Error {
  override readonly name = 'PositionLost';
}

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && (error as { code?: number }).code === 11000;
}
