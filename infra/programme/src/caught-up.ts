import type { ApiClient, Service } from './api-client.js';
import { SERVICES } from './api-client.js';

export interface Backlog {
  /** Events not yet read plus commits and messages not yet published; undefined while a service does not answer. */
  readonly pending: number | undefined;
  readonly parked: number;
  /** Changes whenever an event was read anywhere. */
  readonly read: number;
}

/** What a service has committed and not published yet: in its outbox, or set aside because a partition takes nothing. */
export const unpublishedIn = (gauges: ReadonlyMap<string, number> | undefined): number =>
  ['gpect_outbox_pending', 'gpect_outbox_stuck'].reduce((sum, name) => sum + (gauges?.get(name) ?? Number.NaN), 0);

async function backlogOf(api: ApiClient, services: readonly Service[]): Promise<Backlog> {
  const gauges = await Promise.all(services.map((service) => api.gauges(service)));
  const total = (name: string) => gauges.reduce((sum, g) => sum + (g?.get(name) ?? Number.NaN), 0);
  const pending = gauges.reduce((sum, of) => sum + unpublishedIn(of), total('gpect_inbox_lag'));
  return {
    pending: Number.isNaN(pending) ? undefined : pending,
    parked: total('gpect_parked_events'),
    read: total('gpect_inbox_position'),
  };
}

/**
 * Waits until these services have read every event and said all that follows from it. Two looks must agree with nothing
 * read in between: an event on its way from an outbox to an inbox shows in the one, the other, or as read.
 */
export async function caughtUp(
  api: ApiClient,
  services: readonly Service[] = SERVICES,
  onProgress: (pending: number | undefined) => void = () => undefined,
  patienceMs = 120_000,
): Promise<void> {
  let deadline = Date.now() + patienceMs;
  let before: Backlog | undefined;
  for (;;) {
    const now = await backlogOf(api, services);
    onProgress(now.pending);
    if (now.parked > 0)
      throw new Error(
        `${now.parked} events were parked: a service could not take them; see GET /dead-letters of each service`,
      );
    if (now.pending === 0 && before?.pending === 0 && before.read === now.read) return;
    if (before && now.read !== before.read) deadline = Date.now() + patienceMs;
    if (Date.now() > deadline)
      throw new Error(
        `the services did not catch up: nothing was read for ${patienceMs / 1000} s, ${now.pending ?? 'unknown'} pending`,
      );
    before = now;
    await new Promise((resolve) => setTimeout(resolve, now.pending === 0 ? 150 : 300));
  }
}
