import type mongoose from 'mongoose';
import { keptFrom } from '../keeping/kept-events.js';
import { liveWebhooks, type WebhookDocument } from './store.js';

/** Since when the oldest event that a webhook was not given yet waits. */
export async function oldestWaiting(
  connection: mongoose.Connection,
  { _id, next, held = [] }: WebhookDocument,
): Promise<{ oldestWaiting?: { position: number; since: string; seconds: number } }> {
  const [oldest] = await keptFrom(connection, _id, Math.min(next, ...held.map((one) => one.position)), 1);
  if (!oldest) return {};
  const seconds = Math.max(0, Math.round((Date.now() - oldest.at.getTime()) / 1000));
  return { oldestWaiting: { position: oldest.position, since: oldest.at.toISOString(), seconds } };
}

/** The age in seconds of the oldest event that any webhook waits for; 0 where none does. */
export async function oldestWaitingOfAll(connection: mongoose.Connection): Promise<number> {
  let most = 0;
  for (const webhook of await liveWebhooks(connection))
    most = Math.max(most, (await oldestWaiting(connection, webhook)).oldestWaiting?.seconds ?? 0);
  return most;
}
