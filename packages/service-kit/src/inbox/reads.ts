import { hash } from 'node:crypto';
import { type EventType, topicOf } from '@gpect/contracts/event-contracts';
import { versionsOf } from '@gpect/contracts/versions/versions';
import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { type Kept, keyOfKept } from './event-handler.js';
import { placeOfPartition } from './log-watch.js';
import { OlderMarks } from './older-marks.js';
import { type PositionDocument, positionsOf } from './positions.js';

/** The types of events that a build reads, and what it keeps of them under names: `<type> <name>/<revision>`. */
interface ReadSet {
  readonly _id: string;
  readonly types: readonly string[];
  readonly kept?: readonly string[];
}

export const READS = 'inbox_reads';
/** The builds before positions said as what they were reached: they read what the first newer one reads. */
const LEGACY = 'legacy';

/** History that a build has not read: types that the builds before it did not read, or of which they kept less. */
export interface History {
  /** Never read. */
  readonly types: ReadonlySet<EventType>;
  /** Read, and not kept under these names (`keyOfKept`). */
  readonly kept: ReadonlyMap<EventType, ReadonlySet<string>>;
  readonly from: number;
  /** Taken, and not in the log, which a release before it did not write (older-marks.ts). */
  readonly unlogged?: boolean;
}

/**
 * Each position says by which set of types, and of what is kept of them, it was reached. So a build that reads a type more, or
 * keeps more of one, finds by itself what it has not read, whichever builds ran before it or run beside it.
 */
export class Reads {
  #known: Map<string, ReadonlySet<string>> | undefined;
  /** The set of this build. */
  readonly set: string;

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly types: ReadonlySet<EventType>,
    private readonly kept: readonly Kept[] = [],
  ) {
    this.set = hash('sha1', [...[...types].sort(), ...linesOf(kept)].join('\n')).slice(0, 16);
  }

  /** Undefined where nothing is lacking. */
  async lacking(position: PositionDocument): Promise<History | undefined> {
    const lacking = await this.#lacking(position);
    if (position.next <= 0 || !(await OlderMarks.areAll(this.connection, position._id))) return lacking;
    return { types: new Set(), kept: new Map(), ...lacking, from: 0, unlogged: true };
  }

  async #lacking({ _id, next, as }: PositionDocument): Promise<History | undefined> {
    if (next <= 0 || (as?.set === this.set && as.at === next)) return undefined;
    const known = await this.#sets(as?.set);
    const { topic } = placeOfPartition(_id);
    const mine = [...this.types].filter((type) => topicOf(type) === topic);
    const without = (set: string) => this.#without(known.get(set) ?? new Set(), mine);
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
  #without(read: ReadonlySet<string>, mine: readonly EventType[]) {
    const has = (type: EventType, line: (version: EventType) => string) =>
      versionsOf(type).some((version) => read.has(line(version)));
    return {
      types: mine.filter((type) => !has(type, (version) => version)),
      kept: this.kept.flatMap((kept) =>
        mine
          .filter((type) => kept.types.includes(type) && !has(type, (version) => lineOfKept(version, kept)))
          .map((type) => [type, keyOfKept(kept)] as const),
      ),
    };
  }

  async #sets(wanted: string | undefined): Promise<Map<string, ReadonlySet<string>>> {
    if (!this.#known) await this.#note();
    if (!this.#known || (wanted !== undefined && !this.#known.has(wanted))) {
      const found = await this.#collection().find().sort({ _id: 1 }).toArray();
      this.#known = new Map(found.map(({ _id, types, kept = [] }) => [_id, new Set([...types, ...kept])]));
    }
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
    return collectionOf<ReadSet>(this.connection, READS);
  }
}

const lineOfKept = (type: EventType, kept: Kept): string => `${type} ${keyOfKept(kept)}`;

const linesOf = (all: readonly Kept[]): string[] =>
  all.flatMap((kept) => kept.types.map((type) => lineOfKept(type, kept))).sort();
