import type mongoose from 'mongoose';
import type { HealthPart } from '../health/health.js';
import type { StuckSummary } from '../outbox/stuck.js';
import { within } from '../time/within.js';

/** A database that takes a question and gives no answer for so long is away. */
const DATABASE_SILENT_MS = 8000;

type Asked = Pick<mongoose.Connection, 'getClient' | 'name'>;

/** Asks the database whether it is there: one question at a time, however often it is asked for. */
export function pinging(connection: Asked, silentMs = DATABASE_SILENT_MS): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined;
  return () => {
    asked ??= connection
      .getClient()
      .db(connection.name)
      .command({ ping: 1 })
      .then(() => true)
      .finally(() => {
        asked = undefined;
      });
    return within(silentMs, asked, false);
  };
}

export const databaseHealth = (answered: boolean | undefined): HealthPart =>
  answered ? { state: 'ok', detail: 'up' } : { state: 'failed', detail: 'does not answer' };

export const NOT_KNOWN: HealthPart = { state: 'degraded', detail: 'not known while the database does not answer' };

/** Aggregates whose order is broken wait; the runbook says what to do. */
export function orderHealth(held: readonly string[] | undefined): HealthPart {
  if (!held) return NOT_KNOWN;
  if (held.length === 0) return { state: 'ok', detail: 'in order' };
  return { state: 'degraded', detail: `broken order, held: ${held.join(', ')}` };
}

/** @param count events that could not be taken, and those behind them */
export function parkedHealth(count: number | undefined): HealthPart {
  if (count === undefined) return NOT_KNOWN;
  if (count === 0) return { state: 'ok', detail: 'nothing is parked' };
  const detail = `${count} events are parked, those behind them of the same aggregates included: figures lack them (npm run dlq -- list; runbook: parked events)`;
  return { state: 'degraded', detail };
}

/** What cannot be published waits by itself; everything does while the brokers take nothing. */
export function outboxHealth(stuck: StuckSummary | undefined, trouble: string | undefined): HealthPart {
  if (trouble !== undefined) return { state: 'degraded', detail: `nothing is published now: ${trouble}` };
  if (!stuck) return NOT_KNOWN;
  if (stuck.messages === 0) return { state: 'ok', detail: 'everything is published' };
  const why = stuck.reasons.map(({ reason, messages }) => `${reason} (${messages})`).join('; ');
  return {
    state: 'degraded',
    detail: `${stuck.messages} messages cannot be published and wait with what follows of their aggregates (runbook: what cannot be published): ${why}`,
  };
}
