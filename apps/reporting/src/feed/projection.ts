import { groupBy } from '@gpect/service-kit/collections/group-by';
import type { Projection } from '@gpect/service-kit/inbox/event-handler';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { type Change, merged } from '../facts/change.js';
import { settledRecords } from '../facts/records-again.js';
import { readModelOf } from '../facts/store.js';
import { sumsOf } from '../facts/sums-of-before.js';
import { noteChanges } from './change-log.js';
import { KEEPERS } from './keepers.js';
import { KEPT, nameOfKept } from './revisions.js';
import { SumsKept } from './sums-kept.js';

/** Events become changes of documents: each keeper's, and for a database of before the sums that it has. */
export function readModelProjection(connection: mongoose.Connection): Projection<Change> {
  const sums = new SumsKept(connection);
  return {
    kind: 'projection',
    types: [...new Set(KEEPERS.flatMap(({ types }) => types))],
    kept: KEPT,
    changesOf: (event, only) => {
      const asked = only && new Set([...only].map(nameOfKept));
      const changes = KEEPERS.filter(({ name }) => !asked || asked.has(name)).flatMap((k) => k.changesOf(event));
      // Sums cannot be made again: what was read once is in them.
      return asked ? changes.map((change) => ({ ...change, again: true })) : [...changes, ...sumsOf(event)];
    },
    apply: async (changes, session, from) => {
      const isOfBefore = await sums.areKept();
      const of = isOfBefore ? changes : changes.filter(({ add }) => add === undefined);
      if (of.length === 0) return;
      await write(connection, of, isOfBefore, session);
      await noteChanges(connection, from, of, session);
    },
  };
}

async function write(
  connection: mongoose.Connection,
  changes: readonly Change[],
  isOfBefore: boolean,
  session: Session,
): Promise<void> {
  // The driver's own bulk write: changes are made from checked events, a model has nothing to cast.
  const settled = await settledRecords(connection, merged(changes), session);
  for (const [name, group] of groupBy(settled, (change) => change.collection))
    await readModelOf(connection, name).collection.bulkWrite(
      group.map((change) => toOperation(change, isOfBefore)) as never,
      { session, ordered: false },
    );
}

function toOperation({ id, set, add, toSet, latest, newest }: Change, isOfBefore: boolean) {
  const some = (part: object | undefined) => part !== undefined && Object.keys(part).length > 0;
  // A replica of the release before folds what is marked so.
  const all = isOfBefore ? { ...set, dirty: Date.now() } : set;
  return {
    updateOne: {
      filter: { _id: id },
      update: {
        ...(some(all) ? { $set: all } : {}),
        ...(some(add) ? { $inc: add } : {}),
        ...(some(toSet) ? { $addToSet: toSet } : {}),
        ...(some(latest) || some(newest) ? { $max: { ...latest, ...newest } } : {}),
      },
      upsert: true,
    },
  };
}
