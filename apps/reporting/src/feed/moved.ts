import type { MoveDocument } from '../facts/documents.js';

/** All SIRET of the same firm, by each of them; one that never moved is not in it. */
export type Moved = ReadonlyMap<string, readonly string[]>;

/** Moves chain: who follows whom is one firm. */
export function movedOf(moves: Iterable<MoveDocument>): Moved {
  const groups = new Map<string, Set<string>>();
  for (const { _id, successor } of moves) {
    const [a, b] = [groups.get(_id) ?? new Set([_id]), groups.get(successor) ?? new Set([successor])];
    const both = new Set([...a, ...b]);
    for (const siret of both) groups.set(siret, both);
  }
  const sorted = new Map([...new Set(groups.values())].map((group) => [group, [...group].sort()]));
  return new Map([...groups].map(([siret, group]) => [siret, sorted.get(group) ?? [siret]]));
}
