import { positionsOf } from '@gpect/service-kit/inbox/positions';
import { readSets } from '@gpect/service-kit/inbox/reads';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';
import { notingOf } from './builds-beside.js';
import { KEPT } from './revisions.js';

/** Whether what was kept when this release first came was summed up. */
interface SumsDocument {
  readonly _id: 'all';
  readonly kept: boolean;
}

export const SUMS_OF_BEFORE = 'sums_of_before';
const sumsOf = (connection: mongoose.Connection) => collectionOf<SumsDocument>(connection, SUMS_OF_BEFORE);

/**
 * Notes, when this release first comes to a database, whether one of before was there: its sums are whole then. Where one
 * comes later (a release taken back), they are not.
 */
export async function noteSumsOfBefore(connection: mongoose.Connection): Promise<void> {
  const sets = await readSets(connection);
  const isRead = sets.size > 0 || (await positionsOf(connection).findOne({})) !== null;
  const kept = isRead && notingOf(sets).size === 0;
  await sumsOf(connection).updateOne({ _id: 'all' }, { $setOnInsert: { kept } }, { upsert: true });
}

/** The sums of a database of before, which go on until history is read into records (facts/sums-of-before.ts). */
export class SumsKept {
  #known: boolean | undefined;

  constructor(private readonly connection: mongoose.Connection) {}

  /** Whether the database has them. */
  async areKept(): Promise<boolean> {
    this.#known ??= (await sumsOf(this.connection).findOne({ _id: 'all' }))?.kept;
    return this.#known ?? false;
  }
}

/** The keepers in whose place sums of before can be looked at. */
export const WITH_SUMS: ReadonlySet<string> = new Set(
  KEPT.map(({ name }) => name).filter((name) => ['sessions', 'attendance', 'payments'].includes(name)),
);
