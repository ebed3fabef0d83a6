import type { HealthPart } from '../health/health.js';
import type { Subscriber } from '../kafka/subscription.js';
import { NOT_KNOWN } from './kept-health.js';

const degraded = (detail: string): HealthPart => ({ state: 'degraded', detail });

/** Commands are taken without Kafka too: it is no failure that nothing can be read. */
export function readerHealth(
  reader: Pick<Subscriber, 'running' | 'silentMs' | 'missing' | 'stopped'> | undefined,
): HealthPart {
  if (!reader) return degraded('waiting for Kafka');
  const stopped = stoppedIn(reader.stopped());
  if (stopped) return degraded(stopped);
  const missing = reader.missing();
  if (missing.length > 0) return degraded(`there is no topic ${missing.join(', ')} (runbook: topics); others are read`);
  if (!reader.running()) return degraded('waiting for Kafka');
  const silent = reader.silentMs();
  if (silent !== undefined)
    return degraded(`Kafka has not answered for ${Math.round(silent / 1000)} s; the consumer will be made anew`);
  return { state: 'ok', detail: 'reading' };
}

/** @param differing partitions whose log is not the one that was read; undefined where that is not known */
export function logsHealth(differing: ReadonlyMap<string, string> | undefined): HealthPart {
  if (!differing) return degraded('not known while Kafka or the database does not answer');
  const stopped = stoppedIn(differing);
  return stopped ? degraded(stopped) : { state: 'ok', detail: 'the topics are those that were read' };
}

/** What waits for an upgrade. */
export function releasesHealth(
  found: { readonly newer: readonly string[]; readonly unknown: readonly string[] } | undefined,
): HealthPart {
  if (!found) return NOT_KNOWN;
  if (found.newer.length > 0)
    return degraded(
      `events of a newer release wait (${found.newer.join(', ')}): upgrade this service; they are read by themselves`,
    );
  if (found.unknown.length === 0) return { state: 'ok', detail: 'all types are known' };
  return { state: 'ok', detail: `passed over, of no contract of this release: ${found.unknown.join(', ')}` };
}

function stoppedIn(partitions: ReadonlyMap<string, string>): string | undefined {
  if (partitions.size === 0) return undefined;
  return `not read on: ${[...partitions].map(([partition, reason]) => `${partition}: ${reason}`).join('; ')}`;
}
