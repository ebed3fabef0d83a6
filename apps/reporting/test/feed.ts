import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { inTransaction } from '@gpect/service-kit/mongo/transaction';
import type { Logger } from '@gpect/service-kit/observability/logger';
import { startDatabase } from '@gpect/test-kit/servers';
import type mongoose from 'mongoose';
import { ensureCollections } from '../src/collections.js';
import type { Cell, Question, Unit } from '../src/cube/cell.js';
import { DIMENSIONS } from '../src/dimensions/dimensions.js';
import type { Change } from '../src/facts/change.js';
import type {
  ActionDocument,
  FirmDocument,
  MoveDocument,
  ProgrammeDocument,
  ReadModel,
} from '../src/facts/documents.js';
import { Feed } from '../src/feed/feed.js';
import { readModelProjection } from '../src/feed/projection.js';
import { firmUnits, RECORDS, recordUnit } from '../src/feed/units.js';
import { slowly } from './slowly.js';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined } as unknown as Logger;

/** A mongod of a test's own, with databases in which replicas of reporting read and writers write. */
export async function startReadModels() {
  const servers = await startDatabase();
  const open: (() => Promise<unknown>)[] = [];
  return {
    /** @param fill what a build of before left in the database */
    fresh: async (fill?: (connection: mongoose.Connection) => Promise<void>) => {
      const connection = createDatabase();
      await connect(connection, servers.freshDatabase());
      await fill?.(connection);
      await ensureCollections(connection);
      open.push(() => connection.close());
      const feed = () => {
        const made = new Feed(connection, SILENT);
        open.unshift(() => made.stop());
        return made;
      };
      return new ReadModelInUse(connection, feed);
    },
    stop: async () => {
      for (const close of open) await close();
      await servers.stop();
    },
  };
}

export class ReadModelInUse {
  readonly #written = new Map<string, number>();

  constructor(
    readonly connection: mongoose.Connection,
    /** Another replica. */
    readonly feed: () => Feed,
  ) {}

  /** One transaction of a writer: changes, and where it stands then. */
  async write(from: string, changes: readonly Change[]): Promise<void> {
    const next = (this.#written.get(from) ?? 0) + 1;
    this.#written.set(from, next);
    await inTransaction(this.connection, async (session) => {
      await readModelProjection(this.connection).apply(changes, session, from);
      await this.collection('inbox_positions').updateOne({ _id: from }, { $set: { next } }, { upsert: true, session });
    });
  }

  collection(name: string) {
    return collectionOf<{ _id: string } & Record<string, unknown>>(this.connection, name);
  }

  async #all<T>(name: string): Promise<T[]> {
    return (await this.collection(name).find().toArray()) as unknown as T[];
  }

  /** Every unit there is, from the documents as they are. */
  async units(): Promise<Unit[]> {
    const firms = await this.#all<FirmDocument>('firms');
    const moves = await this.#all<MoveDocument>('moves');
    const actions = new Map((await this.#all<ActionDocument>('actions')).map((a) => [a._id, a]));
    const programmes = new Map((await this.#all<ProgrammeDocument>('programmes')).map((p) => [p._id, p]));
    const knownBy = (siret: string): string => {
      const group = new Set([siret]);
      for (let before = 0; before !== group.size; ) {
        before = group.size;
        for (const { _id, successor } of moves)
          if (group.has(_id) || group.has(successor)) group.add(_id).add(successor);
      }
      return [...group].sort()[0] ?? siret;
    };
    const around = { programmes, actions, isWhole: () => true, knownBy };
    const groups = new Map<string, FirmDocument[]>();
    for (const firm of firms) {
      const key = `${firm.programme} ${knownBy(firm.siret)}`;
      groups.set(key, [...(groups.get(key) ?? []), firm]);
    }
    const records: Unit[] = [];
    for (const name of RECORDS)
      for (const record of await this.#all<ReadModel[typeof name]>(name))
        records.push(recordUnit(name, record, around));
    return [...[...groups.values()].flatMap((group) => firmUnits(group, around)), ...records];
  }

  async slowly(question: Question): Promise<Cell[]> {
    return slowly(await this.units(), question, { dimensions: DIMENSIONS });
  }
}
