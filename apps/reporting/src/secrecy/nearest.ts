import type { Masking } from './masking.js';
import { membersOf } from './system.js';

/**
 * The cheapest number that can still be masked, of the equations nearest to these: first of themselves, else of those in
 * which their unknown or derived variables stand, and so on. Undefined where all that hangs together is masked.
 */
export function nearestMaskable(masking: Masking, from: readonly number[]): number | undefined {
  const { equations, equationsOf } = masking.system;
  const seen = new Set(from);
  for (let ring = [...from]; ring.length > 0; ) {
    const members = new Set(ring.flatMap((e) => membersOf(equations[e] as (typeof equations)[number])));
    const place = masking.cheapest(members);
    if (place !== undefined) return place;
    const next = [...members].flatMap((member) => equationsOf[member] as readonly number[]).filter((e) => !seen.has(e));
    ring = [...new Set(next)];
    for (const e of ring) seen.add(e);
  }
  return undefined;
}
