import { hash } from 'node:crypto';
import { type EventType, topicOf } from '@gpect/contracts/event-contracts';
import { versionsOf } from '@gpect/contracts/versions/versions';
import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { placeOfPartition } from './log-watch.js';
import { type PositionDocument, positionsOf } from './positions.js';

/** The types of events that a build reads. */
interface ReadSet {
  readonly _id: string;
  readonly types: readonly string[];
}

export const READS = 'inbox_reads';
/** The builds before positions said as what they were reached: they read what the first newer one reads. */
const LEGACY = 'legacy';

/** History that a build has not read: types that the builds before it did not read. */
export interface History {
  readonly types: ReadonlySet<EventType>;
  readonly from: number;
}

/**
 * Each position says by which set of types it was reached. So a build that reads a type more finds by itself what it has not
 * read, whichever builds ran before it or run beside it.
 */
export class Reads {
  #known: Map<string, ReadonlySet<string>> | undefined;
  /** The set of this build. */
  readonly set: string;

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly types: ReadonlySet<EventType>,
  ) {
    this.set = hash('sha1', [...types].sort().join('\n')).slice(0, 16);
  }

  /** Undefined where nothing is lacking. */
  async lacking({ _id, next, as }: PositionDocument): Promise<History | undefined> {
    if (next <= 0 || (as?.set === this.set && as.at === next)) return undefined;
    const known = await this.#sets(as?.set);
    const { topic } = placeOfPartition(_id);
    const mine = [...this.types].filter((type) => topicOf(type) === topic);
    const without = (set: string) => {
      const read = known.get(set) ?? new Set<string>();
      return mine.filter((type) => !versionsOf(type).some((version) => read.has(version)));
    };
    const never = without(as?.set ?? LEGACY);
    // Who moved the position since, and says nothing of it, is older than all that.
    const since = as && as.at !== next ? without(LEGACY) : [];
    const types = new Set([...never, ...since]);
    if (types.size === 0) return undefined;
    return { types, from: never.length > 0 ? 0 : (as?.at ?? 0) };
  }

  async #sets(wanted: string | undefined): Promise<Map<string, ReadonlySet<string>>> {
    if (!this.#known) await this.#note();
    if (!this.#known || (wanted !== undefined && !this.#known.has(wanted))) {
      const found = await this.#collection().find().sort({ _id: 1 }).toArray();
      this.#known = new Map(found.map(({ _id, types }) => [_id, new Set(types)]));
    }
    return this.#known;
  }

  /** Before the first position is written by this build. */
  async note(): Promise<void> {
    if (!this.#known) await this.#sets(undefined);
  }

  async #note(): Promise<void> {
    const types = [...this.types].sort();
    const upsert = { upsert: true, writeConcern: { w: 'majority' as const } };
    const isOlder = (await this.#collection().findOne({})) === null && (await positionsOf(this.connection).findOne({}));
    if (isOlder) await this.#collection().updateOne({ _id: LEGACY }, { $setOnInsert: { types } }, upsert);
    await this.#collection().updateOne({ _id: this.set }, { $setOnInsert: { types } }, upsert);
  }

  #collection() {
    return collectionOf<ReadSet>(this.connection, READS);
  }
}
