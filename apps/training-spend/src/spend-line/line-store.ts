import { inProgramme } from '@gpect/domain-values/identifiers';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { Overtaken } from './overtaken.js';
import { type Entry, effectOf, type SpendLine } from './spend-line.js';

/** A line as it is kept, under `<programme>/<funder>/<reference>`. */
export interface LineDocument extends SpendLine {
  readonly _id: string;
  /** Of what counts, or of what was said last: the firm under which it is found. */
  readonly siret: string;
  /** Number of the last write. */
  readonly version: number;
  readonly entries: readonly Entry[];
}

/** What the key of a line says. */
export function identityOf({ _id }: LineDocument): { programme: string; funder: string; reference: string } {
  const [programme = '', funder = '', reference = ''] = _id.split('/');
  return { programme, funder, reference };
}

/** A line that a chunk changed: what it was, where it was known, and what it is. */
export interface LineWrite {
  readonly before: LineDocument | undefined;
  readonly after: LineDocument;
}

function linesOf(connection: mongoose.Connection): mongoose.mongo.Collection<LineDocument> {
  return collectionOf<LineDocument>(connection, 'lines');
}

const DUPLICATE_KEY = 11000;

export async function indexLines(connection: mongoose.Connection): Promise<void> {
  await linesOf(connection).createIndex({ siret: 1 });
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

/** Lines of a funder that a file said something of, from a key on, in the order of their keys. It reads all the funder's lines: for what is rare. */
export function linesOfFile(
  connection: mongoose.Connection,
  { programme, funder }: { readonly programme: string; readonly funder: string },
  shortId: string,
): mongoose.mongo.FindCursor<LineDocument> {
  const prefix = inProgramme(programme, funder, '');
  return linesOf(connection)
    .find({ _id: { $gte: prefix, $lt: `${prefix.slice(0, -1)}0` }, 'entries.origins.file': shortId })
    .sort({ _id: 1 });
}

/** The line after a decision; the very object that it was where nothing is to be kept. */
export function keptAs(_id: string, before: LineDocument | undefined, line: SpendLine): LineDocument {
  if (before && before.entries === line.entries) return before;
  const { content } = effectOf(line);
  const siret = content?.siret ?? line.entries.at(-1)?.content.siret ?? before?.siret ?? '';
  return { _id, siret, version: (before?.version ?? 0) + 1, revision: line.revision, entries: line.entries };
}

/** @throws Overtaken where another file changed one of the lines meanwhile */
export async function saveLines(
  connection: mongoose.Connection,
  writes: readonly LineWrite[],
  session: Session,
): Promise<void> {
  const fresh = writes.flatMap(({ before, after }) => (before ? [] : [after]));
  const changed = writes.flatMap(({ before, after }) => (before ? [{ before, after }] : []));
  if (fresh.length > 0) await insertLines(connection, fresh, session);
  if (changed.length === 0) return;
  const { matchedCount } = await linesOf(connection).bulkWrite(
    changed.map(({ before, after }) => ({
      replaceOne: { filter: { _id: before._id, version: before.version }, replacement: after },
    })),
    { session, ordered: true },
  );
  if (matchedCount !== changed.length) throw new Overtaken('a line was changed by another file meanwhile');
}

/** The insert command itself: the driver's insertMany serialises every document twice, to count its bytes. */
async function insertLines(connection: mongoose.Connection, lines: LineDocument[], session: Session): Promise<void> {
  const db = connection.getClient().db(connection.name);
  const answer = await db.command({ insert: 'lines', documents: lines }, { session });
  const [fault] = (answer['writeErrors'] ?? []) as { code: number; errmsg: string }[];
  if (fault) {
    throw fault.code === DUPLICATE_KEY
      ? new Overtaken('a line was recorded by another file meanwhile')
      : new Error(fault.errmsg);
  }
}

/** Lines of a firm, under any of its SIRET, in the order of their keys. */
export async function linesOfFirm(
  connection: mongoose.Connection,
  programme: string,
  sirets: Iterable<string>,
): Promise<LineDocument[]> {
  return linesOf(connection)
    .find({ siret: { $in: [...sirets] }, _id: { $gte: `${programme}/`, $lt: `${programme}0` } })
    .sort({ _id: 1 })
    .toArray();
}
