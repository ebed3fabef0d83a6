import { Webhook } from 'standardwebhooks';
import type { WebhookSecret } from './store.js';

/** Headers of Standard Webhooks: id, timestamp, and a signature by each secret that is valid. */
export function signed(
  secrets: readonly WebhookSecret[],
  id: string,
  body: string,
  now: number,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const valid = secrets.filter(({ validUntil }) => validUntil === undefined || validUntil > now);
  const at = new Date(now);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': valid.map(({ secret }) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
