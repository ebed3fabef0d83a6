import type { Masking } from './masking.js';
import { type Equation, membersOf } from './system.js';

/**
 * The cheapest number that can still be masked, of the equations nearest to these: first of themselves, else of those in
 * which their unknown or derived variables stand, and so on. Undefined where all that hangs together is masked.
 */
export function nearestMaskable(masking: Masking, from: readonly number[]): number | undefined {
  const { equations, equationsOf } = masking.system;
  const seen = new Set(from);
  for (let ring = [...from]; ring.length > 0; ) {
    const members = new Set(ring.flatMap((e) => membersOf(equations[e] as Equation)));
    const place = masking.cheapest(members);
    if (place !== undefined) return place;
    const next = [...members].flatMap((member) => equationsOf[member] as readonly number[]).filter((e) => !seen.has(e));
    ring = [...new Set(next)];
    for (const e of ring) seen.add(e);
  }
  return undefined;
}

/** The equations that stand nearest to these numbers, about so many. */
export function equationsAround({ system }: Masking, places: readonly number[], most: number): ReadonlySet<number> {
  const near = new Set(places.flatMap((place) => system.equationsOf[place] as readonly number[]));
  const seen = new Set(places);
  for (const e of near) {
    if (near.size >= most) break;
    for (const member of membersOf(system.equations[e] as Equation)) {
      if (seen.has(member)) continue;
      seen.add(member);
      for (const other of system.equationsOf[member] as readonly number[]) near.add(other);
    }
  }
  return near;
}
