import type { Fate, LaneBatch, ProducerId } from '../kafka/appender.js';
import type { Publisher } from '../kafka/publisher.js';

/** What in the end came of a batch. */
export type Settled = Exclude<Fate, { kind: 'later' }>;

/** Tries after which a partition that surely took nothing is refused, so that the others go on. */
const TRIES = 12;
const PAUSES_MS = [50, 200, 500, 1000];

/**
 * Sends these batches until of each is known what came of it. One that may have been appended is sent again as it is, until
 * a broker says so: only then is it known.
 * @param unsure whether they may have been sent before
 * @param mayGoOn asked before each try
 */
export async function sendAll(
  publisher: Pick<Publisher, 'append'>,
  producer: ProducerId,
  lanes: readonly LaneBatch[],
  { unsure, mayGoOn, onWaiting }: { unsure: boolean; mayGoOn(): Promise<void>; onWaiting(reason: string): void },
): Promise<Settled[]> {
  const settled = new Map<LaneBatch, Settled>();
  const maybe = new Set<LaneBatch>(unsure ? lanes : []);
  for (let tries = 1; ; tries++) {
    const open = lanes.filter((lane) => !settled.has(lane));
    await mayGoOn();
    const fates = await publisher.append(producer, open);
    let waiting: string | undefined;
    for (const [i, lane] of open.entries()) {
      const fate = fates[i] ?? { kind: 'later', maybe: true, reason: 'it was not answered' };
      if (fate.kind !== 'later') settled.set(lane, fate);
      else if (!fate.maybe && !maybe.has(lane) && tries >= TRIES)
        settled.set(lane, { kind: 'refused', of: 'partition', reason: fate.reason });
      else {
        if (fate.maybe) maybe.add(lane);
        waiting = fate.reason;
      }
    }
    if (waiting === undefined) return lanes.map((lane) => settled.get(lane) as Settled);
    onWaiting(waiting);
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(tries, PAUSES_MS.length) - 1]));
  }
}
