import { READS } from '@gpect/service-kit/inbox/reads';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';
import { KEPT, lineBeginning } from './revisions.js';

/** Whether a database has the sums of before, which go on until history is read into records (facts/sums-of-before.ts). */
export class SumsKept {
  #known: Promise<boolean> | undefined;

  constructor(private readonly connection: mongoose.Connection) {}

  /** A build of before wrote down what it reads, and no records among it. */
  areKept(): Promise<boolean> {
    this.#known ??= this.#look().catch((error: unknown) => {
      this.#known = undefined;
      throw error;
    });
    return this.#known;
  }

  async #look(): Promise<boolean> {
    const records = lineBeginning('payments');
    const sets = await collectionOf<{ _id: string; kept?: readonly string[] }>(this.connection, READS)
      .find()
      .sort({ _id: 1 })
      .toArray();
    return sets.some(({ kept = [] }) => !kept.some((line) => records.test(line)));
  }
}

/** The keepers in whose place sums of before can be looked at. */
export const WITH_SUMS: ReadonlySet<string> = new Set(
  KEPT.map(({ name }) => name).filter((name) => ['sessions', 'attendance', 'payments'].includes(name)),
);
