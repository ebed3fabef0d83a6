import type { LaneBatch, Outcome, ProducerId, SendingBy } from '../kafka/appender.js';
import type { Publisher } from '../kafka/publisher.js';

/** What in the end came of a batch; `doubt`: nobody says now whether it is there, and it is sent again as it is, apart from the rest. */
export type Settled = Exclude<Outcome, { kind: 'later' }> | { readonly kind: 'doubt'; readonly reason: string };

/** How long a partition that takes nothing holds up what is sent with it, or behind it (ms). */
export const PATIENCE_MS = 3000;
/** How long one request waits for its answer (ms). */
const WITHIN_MS = 4000;
const PAUSES_MS = [50, 200, 500, 1000];

/** What is known of a batch after a try. */
export interface Try {
  readonly outcome: Outcome;
  /** Whether it may be there by an earlier try. */
  readonly maybe: boolean;
  readonly elapsedMs: number;
  readonly patienceMs: number;
}

/** What comes of a batch after a try; `again`: it is sent again, and the others wait for it. */
export function afterTry({ outcome, maybe, elapsedMs, patienceMs }: Try): Settled | 'again' {
  if (outcome.kind !== 'later') return outcome;
  if (!outcome.away && elapsedMs < patienceMs) return 'again';
  const { reason } = outcome;
  return maybe || outcome.maybe ? { kind: 'doubt', reason } : { kind: 'refused', of: 'partition', reason };
}

export interface Sending {
  /** Whether they may have been sent before. */
  readonly unsure: boolean;
  /** How long it may take until those that are not answered are left (ms): 0 for one try. */
  readonly patienceMs: number;
  /** By connections of its own. */
  readonly apart?: boolean;
  /** Asked before each try. */
  mayGoOn(): Promise<void>;
  onWaiting(reason: string): void;
}

/**
 * Sends these batches until of each is known what came of it, or its partition has had its time. In an outage (no broker
 * is there) nothing is given up: it throws.
 */
export async function sendAll(
  publisher: Pick<Publisher, 'append' | 'reach'>,
  producer: ProducerId,
  lanes: readonly LaneBatch[],
  { unsure, patienceMs, apart = false, mayGoOn, onWaiting }: Sending,
): Promise<Settled[]> {
  const settled = new Map<LaneBatch, Settled>();
  const maybe = new Set<LaneBatch>(unsure ? lanes : []);
  const began = performance.now();
  for (let tries = 1; ; tries++) {
    const open = lanes.filter((lane) => !settled.has(lane));
    await mayGoOn();
    const by: SendingBy = { apart, withinMs: WITHIN_MS, unlessAway: !apart && tries === 1 };
    const outcomes = await publisher.append(producer, open, by);
    let waiting: string | undefined;
    let left = false;
    for (const [i, lane] of open.entries()) {
      const outcome: Outcome = outcomes[i] ?? { kind: 'later', maybe: true, reason: 'it was not answered' };
      const elapsedMs = performance.now() - began;
      const after = afterTry({ outcome, maybe: maybe.has(lane), elapsedMs, patienceMs });
      if (after === 'again') waiting = outcome.kind === 'later' ? outcome.reason : undefined;
      else settled.set(lane, after);
      if (outcome.kind === 'later' && outcome.maybe) maybe.add(lane);
      left ||= after !== 'again' && outcome.kind === 'later';
    }
    if (left) await publisher.reach();
    if (waiting === undefined) return lanes.map((lane) => settled.get(lane) as Settled);
    onWaiting(waiting);
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(tries, PAUSES_MS.length) - 1]));
  }
}
