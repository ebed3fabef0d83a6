import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { isDuplicateKey, type Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { Overtaken } from './overtaken.js';
import { type Entry, effectOf, type SpendLine } from './spend-line.js';

/** A line as it is kept, under `<programme>/<funder>/<reference>`. */
export interface LineDocument extends SpendLine {
  readonly _id: string;
  readonly programme: string;
  readonly funder: string;
  readonly reference: string;
  /** Of what counts, or of what was said last: the firm under which it is found. */
  readonly siret: string;
  /** Number of the last write. */
  readonly version: number;
  readonly entries: readonly Entry[];
}

export type LineIdentity = Pick<LineDocument, '_id' | 'programme' | 'funder' | 'reference'>;

/** A line that a chunk changed: what it was, where it was known, and what it is. */
export interface LineWrite {
  readonly before: LineDocument | undefined;
  readonly after: LineDocument;
}

export function linesOf(connection: mongoose.Connection): mongoose.mongo.Collection<LineDocument> {
  return collectionOf<LineDocument>(connection, 'lines');
}

export async function indexLines(connection: mongoose.Connection): Promise<void> {
  const lines = linesOf(connection);
  await lines.createIndex({ siret: 1, programme: 1 });
  await lines.createIndex({ 'entries.origins.file': 1 });
}

export async function loadLines(
  connection: mongoose.Connection,
  ids: readonly string[],
): Promise<Map<string, LineDocument>> {
  const found = await linesOf(connection)
    .find({ _id: { $in: [...ids] } }, { batchSize: ids.length + 1 })
    .toArray();
  return new Map(found.map((line) => [line._id, line]));
}

/** The line after a decision; the very object that it was where nothing is to be kept. */
export function keptAs(identity: LineIdentity, before: LineDocument | undefined, line: SpendLine): LineDocument {
  if (before && before.entries === line.entries) return before;
  const { content } = effectOf(line);
  const siret = content?.siret ?? line.entries.at(-1)?.content.siret ?? before?.siret ?? '';
  return { ...identity, siret, version: (before?.version ?? 0) + 1, revision: line.revision, entries: line.entries };
}

/** @throws Overtaken where another file changed one of the lines meanwhile */
export async function saveLines(
  connection: mongoose.Connection,
  writes: readonly LineWrite[],
  session: Session,
): Promise<void> {
  const fresh = writes.flatMap(({ before, after }) => (before ? [] : [after]));
  const changed = writes.flatMap(({ before, after }) => (before ? [{ before, after }] : []));
  try {
    if (fresh.length > 0) await linesOf(connection).insertMany(fresh, { session, ordered: true });
  } catch (error) {
    throw isDuplicateKey(error) ? new Overtaken('a line was recorded by another file meanwhile') : error;
  }
  if (changed.length === 0) return;
  const { matchedCount } = await linesOf(connection).bulkWrite(
    changed.map(({ before, after }) => ({
      replaceOne: { filter: { _id: before._id, version: before.version }, replacement: after },
    })),
    { session, ordered: true },
  );
  if (matchedCount !== changed.length) throw new Overtaken('a line was changed by another file meanwhile');
}
