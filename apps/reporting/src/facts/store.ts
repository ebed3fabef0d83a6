import { modelOf } from '@gpect/service-kit/mongo/model';
import mongoose from 'mongoose';
import type { CollectionName, ReadModel } from './documents.js';

/** Fields that queries look at; everything else is as documents.ts says. */
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
  projects: [{ programme: 1, call: 1 }],
  persons: [{ programme: 1, action: 1 }],
  samples: [{ programme: 1 }],
  questionnaires: [{ programme: 1 }],
  verbatims: [{ programme: 1 }],
};

export const DOCUMENTS = Object.keys(INDEXES) as CollectionName[];

const schemas = new Map(
  DOCUMENTS.map((name) => {
    const schema = new mongoose.Schema({ _id: String }, { strict: false, versionKey: false });
    for (const index of INDEXES[name]) schema.index(index);
    return [name, schema] as const;
  }),
);

export function readModelOf<Name extends CollectionName>(
  connection: mongoose.Connection,
  name: Name,
): mongoose.Model<ReadModel[Name]> {
  return modelOf(connection, name, schemas.get(name) as unknown as mongoose.Schema<ReadModel[Name]>);
}

export async function ensureDocuments(connection: mongoose.Connection): Promise<void> {
  for (const name of DOCUMENTS) {
    await readModelOf(connection, name).createCollection();
    await readModelOf(connection, name).createIndexes();
  }
}
