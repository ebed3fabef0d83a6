import { type EventType, topicOf } from '@gpect/contracts/event-contracts';
import { versionsOf } from '@gpect/contracts/versions/versions';
import { type Kept, keyOfKept } from './event-handler.js';
import { placeOfPartition } from './log-watch.js';
import type { PositionDocument } from './positions.js';

/** By its name, what builds read: the types, and what they keep of them under names (`lineOfKept`). */
export type ReadSets = ReadonlyMap<string, ReadonlySet<string>>;

/** The builds before positions said as what they were reached: they read what the first newer one reads. */
export const LEGACY = 'legacy';

/** What a position was reached without: types that the builds before did not read, or of which they kept less. */
export interface Lacking {
  /** Never read. */
  readonly types: ReadonlySet<EventType>;
  /** Read, and not kept under these names (`keyOfKept`). */
  readonly kept: ReadonlyMap<EventType, ReadonlySet<string>>;
  /** Offset from which it is lacking. */
  readonly from: number;
}

/** What is asked for: types, and what is kept of them under names. */
export interface Wanted {
  readonly types: Iterable<EventType>;
  readonly kept: readonly Kept[];
}

/** What of this a position was reached without; undefined where nothing is lacking. Pure. */
export function lackingAt({ _id, next, as }: PositionDocument, wanted: Wanted, sets: ReadSets): Lacking | undefined {
  if (next <= 0) return undefined;
  const { topic } = placeOfPartition(_id);
  const mine = [...wanted.types].filter((type) => topicOf(type) === topic);
  const without = (set: string) => notIn(sets.get(set) ?? new Set(), mine, wanted.kept);
  const never = without(as?.set ?? LEGACY);
  // Who moved the position since, and says nothing of it, is older than all that.
  const since = as && as.at !== next ? without(LEGACY) : { types: [], kept: [] };
  const types = new Set([...never.types, ...since.types]);
  const kept = new Map<EventType, Set<string>>();
  for (const [type, key] of [...never.kept, ...since.kept])
    if (!types.has(type)) kept.set(type, (kept.get(type) ?? new Set()).add(key));
  if (types.size === 0 && kept.size === 0) return undefined;
  const isOfAll = never.types.length > 0 || never.kept.length > 0;
  return { types, kept, from: isOfAll ? 0 : (as?.at ?? 0) };
}

/** What of these types a set has not: the type, or what is kept of it. */
function notIn(read: ReadonlySet<string>, mine: readonly EventType[], all: readonly Kept[]) {
  const has = (type: EventType, line: (version: EventType) => string) =>
    versionsOf(type).some((version) => read.has(line(version)));
  return {
    types: mine.filter((type) => !has(type, (version) => version)),
    kept: all
      .filter(({ wasUnnamed }) => !wasUnnamed || !isUnnamed(read))
      .flatMap((kept) =>
        mine
          .filter((type) => kept.types.includes(type) && !has(type, (version) => lineOfKept(version, kept)))
          .map((type) => [type, keyOfKept(kept)] as const),
      ),
  };
}

/** Whether a set is of a build that kept nothing under names: it has types alone. */
const isUnnamed = (read: ReadonlySet<string>): boolean =>
  read.size > 0 && ![...read].some((line) => line.includes(' '));

const lineOfKept = (type: EventType, kept: Kept): string => `${type} ${keyOfKept(kept)}`;

/** What is kept of each type, as a set of `inbox_reads` says it: `<type> <name>/<revision>`. */
export const linesOf = (all: readonly Kept[]): string[] =>
  all.flatMap((kept) => kept.types.map((type) => lineOfKept(type, kept))).sort();
