import { randomBytes } from 'node:crypto';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';
import type { Standing } from './schedule.js';

export interface WebhookSecret {
  /** `whsec_` and base64, as Standard Webhooks writes it. */
  readonly secret: string;
  /** ms since 1970; absent of the one that is in force. */
  readonly validUntil?: number;
}

/** A partner's webhook: where to, from where on, signed with what. */
export interface WebhookDocument extends Standing {
  /** Code of the partner. */
  readonly _id: string;
  readonly url: string;
  /** Position of the event that is delivered next. */
  readonly next: number;
  /** Goes up when the partner changes anything: what was under way then does not count. */
  readonly version: number;
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

/** Partners whose webhook is not disabled. */
export async function partnersWithWebhook(connection: mongoose.Connection): Promise<string[]> {
  const found = await webhooksOf(connection)
    .find({ status: { $ne: 'DISABLED' } }, { projection: { _id: 1 } })
    .toArray();
  return found.map((d) => d._id);
}

/** Writes what the partner changed: a whole new document. */
export async function putWebhook(connection: mongoose.Connection, document: WebhookDocument): Promise<void> {
  await webhooksOf(connection).replaceOne({ _id: document._id }, document, { upsert: true });
}

/** Writes how far deliveries are; false when the partner changed the webhook meanwhile. */
export async function advanceWebhook(
  connection: mongoose.Connection,
  { _id, version }: Pick<WebhookDocument, '_id' | 'version'>,
  next: number,
  { status, attempts, failingSince, nextAttemptAt, lastFailure }: Standing,
): Promise<boolean> {
  const optional = { failingSince, nextAttemptAt, lastFailure };
  const set = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const unset = Object.fromEntries(
    Object.entries(optional).flatMap(([name, value]) => (value === undefined ? [[name, ''] as const] : [])),
  );
  const { matchedCount } = await webhooksOf(connection).updateOne(
    { _id, version },
    { $set: { next, status, attempts, ...set }, ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}) },
  );
  return matchedCount === 1;
}

export async function removeWebhook(connection: mongoose.Connection, partner: string): Promise<void> {
  await webhooksOf(connection).deleteOne({ _id: partner });
}
