import { groupBy } from '@gpect/service-kit/collections/group-by';
import type { Projection } from '@gpect/service-kit/inbox/event-handler';
import { modelOf } from '@gpect/service-kit/mongo/model';
import mongoose from 'mongoose';
import { CELL_COLLECTIONS, ensureCells } from '../cells/store.js';
import { type Change, changesOf, merged, PROJECTED_TYPES } from './changes.js';
import type { CollectionName, ReadModel } from './documents.js';

/**
 * Fields that queries look at; everything else is as documents.ts says. Documents that cells are made from go first: when
 * all is emptied, no cell is made of one after its own was.
 */
const INDEXES: Readonly<Record<CollectionName, readonly Record<string, 1>[]>> = {
  programmes: [],
  actions: [{ programme: 1, action: 1 }],
  firms: [{ programme: 1, basin: 1 }, { programme: 1, action: 1 }, { siret: 1 }],
  workshops: [{ programme: 1, action: 1 }],
  refusals: [{ programme: 1, file: 1 }],
  spendFiles: [{ programme: 1 }],
  moves: [{ successor: 1 }],
  practices: [{ programme: 1 }],
  exchanges: [{ programme: 1 }],
};

/** What the fold keeps for the warnings: only firms that may need one have it. */
const WATCHED = [{ idleSince: 1 }, { budgetUse: 1 }] as const;

const NAMES = Object.keys(INDEXES) as CollectionName[];

/** Documents whose changes cells follow: each says since when (ms) it was not folded. */
const FOLDED: ReadonlySet<CollectionName> = new Set(['programmes', 'actions', 'firms', 'workshops', 'moves']);

export const COLLECTIONS: readonly string[] = [...NAMES, ...CELL_COLLECTIONS];

const schemas = new Map(
  NAMES.map((name) => {
    const schema = new mongoose.Schema({ _id: String }, { strict: false, versionKey: false });
    for (const index of INDEXES[name]) schema.index(index);
    if (name === 'firms') for (const watched of WATCHED) schema.index(watched, { sparse: true });
    if (FOLDED.has(name)) schema.index({ dirty: 1, programme: 1 }, { partialFilterExpression: { dirty: { $gt: 0 } } });
    return [name, schema] as const;
  }),
);

export function readModelOf<Name extends CollectionName>(
  connection: mongoose.Connection,
  name: Name,
): mongoose.Model<ReadModel[Name]> {
  return modelOf(connection, name, schemas.get(name) as unknown as mongoose.Schema<ReadModel[Name]>);
}

export async function ensureReadModel(connection: mongoose.Connection): Promise<void> {
  for (const name of NAMES) {
    await readModelOf(connection, name).createCollection();
    await readModelOf(connection, name).createIndexes();
  }
  await ensureCells(connection);
}

export function readModelProjection(connection: mongoose.Connection): Projection<Change> {
  return {
    kind: 'projection',
    types: PROJECTED_TYPES,
    changesOf,
    apply: async (changes, session) => {
      const now = Date.now();
      const byCollection = groupBy(merged(changes), (change) => change.collection);
      for (const [name, group] of byCollection) {
        // The driver's own bulk write: changes are made above from checked events, a model has nothing to cast.
        await readModelOf(connection, name).collection.bulkWrite(
          group.map((change) => toOperation(change, now)) as never,
          {
            session,
            ordered: false,
          },
        );
      }
    },
  };
}

function toOperation({ collection, id, set, add, toSet, latest }: Change, now: number) {
  const some = (part: object | undefined) => part !== undefined && Object.keys(part).length > 0;
  return {
    updateOne: {
      filter: { _id: id },
      update: {
        $set: FOLDED.has(collection) ? { ...set, dirty: now } : set,
        ...(some(add) ? { $inc: add } : {}),
        ...(some(toSet) ? { $addToSet: toSet } : {}),
        ...(some(latest) ? { $max: latest } : {}),
      },
      upsert: true,
    },
  };
}
