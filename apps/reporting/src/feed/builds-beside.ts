import type { ReadSets } from '@gpect/service-kit/inbox/lacking';
import type { PositionDocument } from '@gpect/service-kit/inbox/positions';
import { lineBeginning } from './revisions.js';

/**
 * Where the partitions of a database stood to which a build of before came. A build of before may still run beside this one: what it changes, it does
 * not note (change-log.ts), so nothing but the positions tells that it was there.
 */
export type Moves = ReadonlyMap<string, Move>;

interface Move {
  readonly next: number;
  /** From where on builds moved it that note what they change; undefined where one moved it last that does not. */
  readonly notedSince: number | undefined;
}

/** By this it is told that a build keeps records, and so notes what it changes. */
const RECORDS = lineBeginning('payments');

/** The sets of builds that note what they change. */
export function notingOf(sets: ReadSets): ReadonlySet<string> {
  return new Set([...sets].filter(([, lines]) => [...lines].some((line) => RECORDS.test(line))).map(([name]) => name));
}

/** @param noting the sets of builds that note their changes */
export function movesOf(positions: readonly PositionDocument[], noting: ReadonlySet<string>): Moves {
  return new Map(
    positions.map(({ _id, next, as }) => {
      const isNoted = as !== undefined && as.at === next && noting.has(as.set);
      return [_id, { next, notedSince: isNoted ? (as.since ?? next) : undefined }];
    }),
  );
}

/** Whether a build that does not note its changes took events between two looks. Pure. */
export function movedUnnoted(before: Moves, now: Moves): boolean {
  return [...now].some(([partition, { next, notedSince }]) => {
    const was = before.get(partition) ?? { next: 0, notedSince: undefined };
    if (notedSince === undefined) return next !== was.next;
    // Who notes found it where it stood, or where one that notes had moved it.
    return notedSince > (was.notedSince === undefined ? was.next : Math.max(was.next, was.notedSince));
  });
}
