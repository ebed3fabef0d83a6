import { hash } from 'node:crypto';
import type { EventType } from '@gpect/contracts/event-contracts';
import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import type { Session } from '../mongo/transaction.js';
import type { Kept } from './event-handler.js';
import { type Lacking, LEGACY, lackingAt, linesOf, type ReadSets } from './lacking.js';
import { OlderMarks } from './older-marks.js';
import { type PositionDocument, positionsOf } from './positions.js';

/** The types of events that a build reads, and what it keeps of them under names: `<type> <name>/<revision>`. */
interface ReadSet {
  readonly _id: string;
  readonly types: readonly string[];
  readonly kept?: readonly string[];
}

export const READS = 'inbox_reads';

/** History that a build has not read. */
export interface History extends Lacking {
  /** Taken, and not in the log, which a release before it did not write (older-marks.ts). */
  readonly unlogged?: boolean;
}

/**
 * Each position says by which set of types, and of what is kept of them, it was reached. So a build that reads a type more, or
 * keeps more of one, finds by itself what it has not read, whichever builds ran before it or run beside it.
 */
export class Reads {
  #known: ReadSets | undefined;
  /** The set of this build. */
  readonly set: string;

  constructor(
    private readonly connection: mongoose.Connection,
    readonly types: ReadonlySet<EventType>,
    readonly kept: readonly Kept[] = [],
  ) {
    this.set = hash('sha1', [...[...types].sort(), ...linesOf(kept)].join('\n')).slice(0, 16);
  }

  /** Undefined where nothing is lacking. */
  async lacking(position: PositionDocument): Promise<History | undefined> {
    const lacking = await this.#lacking(position);
    if (position.next <= 0 || !(await OlderMarks.areAll(this.connection, position._id))) return lacking;
    return { types: new Set(), kept: new Map(), ...lacking, from: 0, unlogged: true };
  }

  async #lacking(position: PositionDocument): Promise<Lacking | undefined> {
    const { next, as } = position;
    if (next <= 0 || (as?.set === this.set && as.at === next)) return undefined;
    return lackingAt(position, this, await this.#sets(as?.set));
  }

  async #sets(wanted: string | undefined): Promise<ReadSets> {
    if (!this.#known) await this.#note();
    if (!this.#known || (wanted !== undefined && !this.#known.has(wanted)))
      this.#known = await readSets(this.connection);
    return this.#known;
  }

  /** Before the first position is written by this build. */
  async note(): Promise<void> {
    if (!this.#known) await this.#sets(undefined);
  }

  async #note(): Promise<void> {
    const types = [...this.types].sort();
    const kept = linesOf(this.kept);
    // Builds that knew no names kept what those of the first revision stand for.
    const first = linesOf(this.kept.filter(({ revision }) => revision === 1));
    const upsert = { upsert: true, writeConcern: { w: 'majority' as const } };
    await this.#collection().updateMany({ kept: { $exists: false } }, { $set: { kept: first } });
    const isOlder = (await this.#collection().findOne({})) === null && (await positionsOf(this.connection).findOne({}));
    if (isOlder) await this.#collection().updateOne({ _id: LEGACY }, { $setOnInsert: { types, kept: first } }, upsert);
    await this.#collection().updateOne({ _id: this.set }, { $setOnInsert: { types, kept } }, upsert);
  }

  #collection() {
    return setsOf(this.connection);
  }
}

/** What the builds read that moved a position, or are about to. */
export async function readSets(connection: mongoose.Connection, session?: Session): Promise<ReadSets> {
  const found = await setsOf(connection)
    .find({}, session ? { session } : {})
    .sort({ _id: 1 })
    .toArray();
  return new Map(found.map(({ _id, types, kept = [] }) => [_id, new Set([...types, ...kept])]));
}

const setsOf = (connection: mongoose.Connection) => collectionOf<ReadSet>(connection, READS);
