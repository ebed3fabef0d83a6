import type { FirmDocument, MoveDocument } from '../read-model/documents.js';

/** The days that decide where a firm's spend counts. */
export type FirmDates = Pick<FirmDocument, 'enrolledOn' | 'completedOn'>;

/** Every SIRET that moved, with all the SIRET of the same firm; moves chain. */
export function groupsOf(moves: readonly MoveDocument[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { _id, successor } of moves) {
    const group = new Set([...(groups.get(_id) ?? [_id]), ...(groups.get(successor) ?? [successor])]);
    for (const siret of group) groups.set(siret, group);
  }
  return groups;
}

/** For each SIRET of a firm that moved: the dates under the SIRET by which it enrolled. */
export function datesOfMoved(
  groups: ReadonlyMap<string, ReadonlySet<string>>,
  enrolled: readonly FirmDocument[],
): ReadonlyMap<string, FirmDates> {
  const dates = new Map<string, FirmDates>();
  for (const firm of enrolled) for (const siret of groups.get(firm.siret) ?? []) dates.set(siret, firm);
  return dates;
}
