import { randomBytes, randomUUID } from 'node:crypto';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';
import { type Progress, WELL } from './schedule.js';

export interface WebhookSecret {
  /** `whsec_` and base64, as Standard Webhooks writes it. */
  readonly secret: string;
  /** ms since 1970; absent of the one that is in force. */
  readonly validUntil?: number;
}

/** A partner's webhook: where to, from where on, signed with what. */
export interface WebhookDocument extends Progress {
  /** Code of the partner. */
  readonly _id: string;
  readonly url: string;
  /** One that is removed and declared again has another: what was under way of the old one is none of the new. Absent before this release. */
  readonly registration?: string;
  /** Goes up when the partner changes anything: what was under way then does not count. */
  readonly version: number;
  /** Goes up with every delivery: who stood still meanwhile and wakes writes nothing. */
  readonly revision?: number;
  readonly secrets: readonly WebhookSecret[];
}

export const WEBHOOKS = 'webhooks';
const webhooksOf = (connection: mongoose.Connection) => collectionOf<WebhookDocument>(connection, WEBHOOKS);

export async function indexWebhooks(connection: mongoose.Connection): Promise<void> {
  await webhooksOf(connection).createIndex({ status: 1, nextAttemptAt: 1 });
}

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export async function findWebhook(connection: mongoose.Connection, partner: string): Promise<WebhookDocument | null> {
  return webhooksOf(connection).findOne({ _id: partner });
}

/** Every webhook that is not disabled. */
export async function liveWebhooks(connection: mongoose.Connection): Promise<WebhookDocument[]> {
  return webhooksOf(connection)
    .find({ status: { $ne: 'DISABLED' } })
    .toArray();
}

/** Those that deliver nothing now, by the partner's own doing: disabled, or refusing whatever they are given. */
export async function idleWebhooks(connection: mongoose.Connection): Promise<WebhookDocument[]> {
  return webhooksOf(connection)
    .find({ $or: [{ status: 'DISABLED' }, { refusingSince: { $exists: true } }] })
    .sort({ _id: 1 })
    .toArray();
}

interface Change {
  readonly url?: string;
  /** Position to go on from; where nothing is said, deliveries go on from where they are by then. */
  readonly from?: number;
  /** Where those of a new webhook begin, and what they are signed with. */
  readonly fresh?: { readonly from: number; readonly secret: string };
}

/**
 * Writes what the partner changed, and nothing beside it, in one write: secrets and progress are what they are by then. What
 * failed is forgotten, and tried at once. Null where there is no webhook and none is begun.
 */
export async function changeWebhook(
  connection: mongoose.Connection,
  _id: string,
  { url, from, fresh }: Change,
): Promise<WebhookDocument | null> {
  const again = { $map: { input: '$held', in: { $mergeObjects: ['$$this', { nextAttemptAt: Date.now() }] } } };
  const kept = { $cond: [{ $isArray: '$held' }, again, '$$REMOVE'] };
  return webhooksOf(connection).findOneAndUpdate(
    { _id },
    [
      {
        $set: {
          ...WELL,
          registration: { $ifNull: ['$registration', randomUUID()] },
          version: { $add: [{ $ifNull: ['$version', 0] }, 1] },
          held: from === undefined ? kept : '$$REMOVE',
          ...(url === undefined ? {} : { url: { $literal: url } }),
          ...(fresh ? { secrets: { $ifNull: ['$secrets', [{ secret: fresh.secret }]] } } : {}),
          ...(from === undefined ? { next: { $ifNull: ['$next', fresh?.from] } } : { next: from }),
        },
      },
      { $unset: ['failingSince', 'nextAttemptAt', 'lastFailure', 'headAttempts', 'refusingSince'] },
    ],
    { upsert: fresh !== undefined, returnDocument: 'after' },
  );
}

/** A new secret in front of the one in force, whichever that is by then. Leaves alone how far deliveries are. */
export async function addSecret(
  connection: mongoose.Connection,
  _id: string,
  secret: string,
  validUntil: number,
): Promise<WebhookDocument | null> {
  const old = { $map: { input: { $slice: ['$secrets', 1] }, in: { secret: '$$this.secret', validUntil } } };
  return webhooksOf(connection).findOneAndUpdate(
    { _id },
    [{ $set: { secrets: { $concatArrays: [[{ secret }], old] }, version: { $add: ['$version', 1] } } }],
    { returnDocument: 'after' },
  );
}

/**
 * Writes how far deliveries are; undefined when the partner changed the webhook, removed it and declared another, or another
 * replica delivered, meanwhile.
 */
export async function advanceWebhook(
  connection: mongoose.Connection,
  before: WebhookDocument,
  progress: Progress,
): Promise<WebhookDocument | undefined> {
  const { _id, url, registration, version, secrets, revision } = before;
  // Not what `before` had beside: what the progress no longer says is gone.
  const { next, status, attempts, failingSince, nextAttemptAt, lastFailure, held, headAttempts, refusingSince } =
    progress;
  const optional = { registration, failingSince, nextAttemptAt, lastFailure, held, headAttempts, refusingSince };
  const said = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const after = { _id, url, version, secrets, revision: (revision ?? 0) + 1, next, status, attempts, ...said };
  const { matchedCount } = await webhooksOf(connection).replaceOne(
    { _id, registration: registration ?? null, version, revision: revision ?? null } as object,
    after,
  );
  return matchedCount === 1 ? (after as WebhookDocument) : undefined;
}

export async function removeWebhook(connection: mongoose.Connection, partner: string): Promise<void> {
  await webhooksOf(connection).deleteOne({ _id: partner });
}
