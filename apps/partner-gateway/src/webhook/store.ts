import { randomBytes } from 'node:crypto';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';
import type { Progress } from './schedule.js';

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

/** Writes what the partner changed: a whole new document. */
export async function putWebhook(connection: mongoose.Connection, document: WebhookDocument): Promise<void> {
  await webhooksOf(connection).replaceOne({ _id: document._id }, document, { upsert: true });
}

/** Leaves alone how far deliveries are. */
export async function putSecrets(
  connection: mongoose.Connection,
  _id: string,
  secrets: readonly WebhookSecret[],
): Promise<void> {
  await webhooksOf(connection).updateOne({ _id }, { $set: { secrets }, $inc: { version: 1 } });
}

/** Writes how far deliveries are; undefined when the partner changed the webhook, or another replica delivered, meanwhile. */
export async function advanceWebhook(
  connection: mongoose.Connection,
  before: WebhookDocument,
  progress: Progress,
): Promise<WebhookDocument | undefined> {
  const { _id, url, version, secrets, revision } = before;
  // Not what `before` had beside: what the progress no longer says is gone.
  const { next, status, attempts, failingSince, nextAttemptAt, lastFailure, held, refusedInARow } = progress;
  const optional = { failingSince, nextAttemptAt, lastFailure, held, refusedInARow };
  const said = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const after = { _id, url, version, secrets, revision: (revision ?? 0) + 1, next, status, attempts, ...said };
  const { matchedCount } = await webhooksOf(connection).replaceOne(
    { _id, version, revision: revision ?? null } as object,
    after,
  );
  return matchedCount === 1 ? (after as WebhookDocument) : undefined;
}

export async function removeWebhook(connection: mongoose.Connection, partner: string): Promise<void> {
  await webhooksOf(connection).deleteOne({ _id: partner });
}
