import { randomUUID } from 'node:crypto';
import { groupBy } from '@gpect/service-kit/collections/group-by';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import type { Change } from '../facts/change.js';
import type { CollectionName } from '../facts/documents.js';

/** How many changes one writer has made. Another `line` of them begins when the read model is emptied. */
interface Head {
  readonly _id: string;
  readonly n: number;
  readonly line: string;
}

/** The documents that one transaction changed. */
interface Entry {
  readonly _id: string;
  readonly from: string;
  readonly n: number;
  readonly at: Date;
  readonly changed: Readonly<Partial<Record<CollectionName, readonly string[]>>>;
}

/** How long entries are kept (s): a cube that is further behind is loaded anew. */
const KEPT_S = 3600;

const [HEADS, ENTRIES] = ['cube_heads', 'cube_changes'] as const;
export const LOG_COLLECTIONS: readonly string[] = [HEADS, ENTRIES];
const headsOf = (connection: mongoose.Connection) => collectionOf<Head>(connection, HEADS);
const entriesOf = (connection: mongoose.Connection) => collectionOf<Entry>(connection, ENTRIES);

export async function ensureChangeLog(connection: mongoose.Connection): Promise<void> {
  await entriesOf(connection).createIndex({ from: 1, n: 1 });
  await entriesOf(connection).createIndex({ at: 1 }, { expireAfterSeconds: KEPT_S });
}

/**
 * Notes which documents a transaction changes, so that every replica's cube finds them. Each writer (a partition) counts for
 * itself: its transactions follow each other, and no two writers meet in one document.
 */
export async function noteChanges(
  connection: mongoose.Connection,
  from: string,
  changes: readonly Change[],
  session: Session,
): Promise<void> {
  const head = await headsOf(connection).findOneAndUpdate(
    { _id: from },
    { $inc: { n: 1 }, $setOnInsert: { line: randomUUID() } },
    { upsert: true, returnDocument: 'after', session },
  );
  if (!head) throw new Error('a head that is made where it is lacking is there');
  const changed = Object.fromEntries(
    [...groupBy(changes, (change) => change.collection)].map(([name, of]) => [name, [...new Set(of.map((c) => c.id))]]),
  );
  await entriesOf(connection).insertOne(
    { _id: `${head.line}/${head.n}`, from, n: head.n, at: new Date(), changed },
    { session },
  );
}

/** By writer, how far it is. */
export type Heads = ReadonlyMap<string, Pick<Head, 'n' | 'line'>>;

export async function readHeads(connection: mongoose.Connection, session?: Session): Promise<Heads> {
  const heads = await headsOf(connection)
    .find({}, session ? { session } : {})
    .sort({ _id: 1 })
    .toArray();
  return new Map(heads.map(({ _id, n, line }) => [_id, { n, line }]));
}

export const sameHeads = (a: Heads, b: Heads): boolean =>
  a.size === b.size && [...a].every(([from, { n, line }]) => b.get(from)?.n === n && b.get(from)?.line === line);

/** Of each writer the earlier of two heads. */
export function lesser(a: Heads, b: Heads): Heads {
  return new Map(
    [...a].flatMap(([from, head]) => {
      const other = b.get(from);
      return other ? [[from, head.line === other.line && head.n > other.n ? other : head] as const] : [];
    }),
  );
}

export type Changed = ReadonlyMap<CollectionName, ReadonlySet<string>>;

/**
 * The documents that changed from some heads to others.
 * @returns undefined where that cannot be said any more: entries are too old, or the read model was emptied since
 */
export async function changedBetween(
  connection: mongoose.Connection,
  before: Heads,
  now: Heads,
): Promise<Changed | undefined> {
  const changed = new Map<CollectionName, Set<string>>();
  if ([...before].some(([from, { line, n }]) => now.get(from)?.line !== line || (now.get(from)?.n ?? 0) < n))
    return undefined;
  for (const [from, { n }] of now) {
    const known = before.get(from)?.n ?? 0;
    if (n === known) continue;
    const entries = await entriesOf(connection)
      .find({ from, n: { $gt: known, $lte: n } })
      .toArray();
    const { line } = now.get(from) ?? {};
    if (entries.filter(({ _id }) => _id.startsWith(`${line}/`)).length !== n - known) return undefined;
    for (const entry of entries)
      for (const [name, ids] of Object.entries(entry.changed)) {
        const of = changed.get(name as CollectionName) ?? new Set();
        changed.set(name as CollectionName, of);
        for (const id of ids) of.add(id);
      }
  }
  return changed;
}
