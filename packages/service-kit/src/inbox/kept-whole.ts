import { topicOf } from '@gpect/contracts/event-contracts';
import type mongoose from 'mongoose';
import type { Session } from '../mongo/transaction.js';
import { type Kept, keyOfKept } from './event-handler.js';
import { lackingAt, type ReadSets } from './lacking.js';
import { placeOfPartition } from './log-watch.js';
import { allPositions, type PositionDocument } from './positions.js';
import { readSets } from './reads.js';

/** How far what is kept was read, over all partitions of the topics of its types. */
export interface KeptProgress {
  /** Nothing of the history up to the positions is lacking. */
  readonly whole: boolean;
  /** Sum of the offsets up to which it is read; `until` where it is whole. */
  readonly learnt: number;
  /** Sum of the offsets of the positions: what is before them is history. */
  readonly until: number;
}

/** Of each that is kept (`keyOfKept`), how far it was read, whichever build read it. What was never begun is whole. Pure. */
export function progressOf(
  all: readonly Kept[],
  positions: readonly PositionDocument[],
  sets: ReadSets,
): ReadonlyMap<string, KeptProgress> {
  return new Map(
    all.map((kept) => {
      const topics = new Set(kept.types.map(topicOf));
      const here = positions.filter(({ _id, next }) => next > 0 && topics.has(placeOfPartition(_id).topic));
      const learnt = here.map((position) => learntAt(position, kept, sets));
      return [
        keyOfKept(kept),
        {
          whole: learnt.every((at) => at === undefined),
          learnt: sum(here.map(({ next }, i) => learnt[i] ?? next)),
          until: sum(here.map(({ next }) => next)),
        },
      ];
    }),
  );
}

/** Offset up to which the history of one partition is read; undefined where it is read whole. */
function learntAt(position: PositionDocument, kept: Kept, sets: ReadSets): number | undefined {
  const wanted = { types: kept.types, kept: [kept] };
  const lacking = lackingAt(position, wanted, sets);
  if (!lacking) return undefined;
  const { next, learnt } = position;
  if (learnt?.until !== next) return lacking.from;
  // The build that reads history now may be another one, which does not keep this.
  const whenItIsRead = { ...position, as: { set: learnt.set, at: next } };
  return lackingAt(whenItIsRead, wanted, sets) ? lacking.from : learnt.at;
}

/** The same as the database has it: which of what a service keeps is still being read, and how far that is. */
export async function readProgress(
  connection: mongoose.Connection,
  all: readonly Kept[],
  session?: Session,
): Promise<ReadonlyMap<string, KeptProgress>> {
  const positions = await allPositions(connection, session);
  return progressOf(all, positions, await readSets(connection, session));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
