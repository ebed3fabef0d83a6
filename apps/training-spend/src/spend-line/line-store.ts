import { inProgramme } from '@gpect/domain-values/identifiers';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { versionsOf } from '../dialect/dialects.js';
import { nameInLines, ofFunder } from './file-id.js';
import { bareOf, identityOf, type LineDocument, type LineWrite } from './kept-line.js';
import { spelledToday } from './key-part.js';
import { Overtaken } from './overtaken.js';
import { refuseZerosMeanwhile } from './zeros-meanwhile.js';

function linesOf(connection: mongoose.Connection): mongoose.mongo.Collection<LineDocument> {
  return collectionOf<LineDocument>(connection, 'lines');
}

const DUPLICATE_KEY = 11000;

export async function indexLines(connection: mongoose.Connection): Promise<void> {
  await linesOf(connection).createIndex({ siret: 1 });
  await linesOf(connection).createIndex({ same: 1 }, { sparse: true });
  await linesOf(connection).createIndex({ bare: 1 }, { sparse: true });
  await markOldSpellings(connection);
  await markZeros(connection);
}

/** Finds lines with zeros at their heads that were kept before such zeros were looked at. */
async function markZeros(connection: mongoose.Connection): Promise<void> {
  const lines = linesOf(connection);
  const unmarked = { _id: { $regex: /[/|]0\d+(?:\||$)/ }, bare: { $exists: false } };
  let marks: mongoose.mongo.AnyBulkWriteOperation<LineDocument>[] = [];
  const write = async () => {
    if (marks.length > 0) await lines.bulkWrite(marks, { ordered: false });
    marks = [];
  };
  for await (const line of lines.find(unmarked, { projection: { _id: 1, same: 1 } })) {
    marks.push({ updateOne: { filter: { _id: line._id }, update: { $set: bareOf(line.same ?? line._id) } } });
    if (marks.length >= 1000) await write();
  }
  await write();
}

/** What a reference of today does not hold, and a key of several parts or of odd signs may: signs beyond ASCII, a backtick, blanks beside others, a bar. */
const MAY_BE_OLD = /[^ -_a-~]|\|| {2}|\/ | $/;

/** Finds lines that were kept before spellings of one reference were one, so that what is said of them again is no new payment. */
async function markOldSpellings(connection: mongoose.Connection): Promise<void> {
  const lines = linesOf(connection);
  const keysOf = new Map<string, readonly (readonly string[])[]>();
  const marks: mongoose.mongo.AnyBulkWriteOperation<LineDocument>[] = [];
  const write = async () => {
    if (marks.length > 0) await lines.bulkWrite(marks.splice(0), { ordered: false });
  };
  for await (const line of lines.find(
    { _id: { $regex: MAY_BE_OLD } },
    { projection: { _id: 1, entries: { $slice: 1 } } },
  )) {
    const { programme, funder, reference } = identityOf(line);
    if (!keysOf.has(funder)) keysOf.set(funder, await keysOfFunder(connection, funder));
    const today = spelledToday(reference, line.entries?.[0]?.content, keysOf.get(funder) ?? []);
    if (today === reference) continue;
    const same = inProgramme(programme, funder, today);
    marks.push({ updateOne: { filter: { _id: line._id }, update: { $set: { same } } } });
    if (marks.length >= 1000) await write();
  }
  await write();
}

async function keysOfFunder(connection: mongoose.Connection, funder: string): Promise<readonly (readonly string[])[]> {
  const versions = await versionsOf(connection, funder);
  return versions.map(({ dialect }) => dialect.key).reverse();
}

/** Whether any line is kept in an older spelling than references have today. */
export async function hasOldSpellings(connection: mongoose.Connection): Promise<boolean> {
  return (await linesOf(connection).findOne({ same: { $exists: true } }, { projection: { _id: 1 } })) !== null;
}

/** Lines by the keys under which they are known now, whatever spelling they were kept in. */
export async function loadLines(
  connection: mongoose.Connection,
  ids: readonly string[],
): Promise<Map<string, LineDocument>> {
  const lines = linesOf(connection);
  const [found, old] = await Promise.all([
    lines.find({ _id: { $in: [...ids] } }, { batchSize: ids.length + 1 }).toArray(),
    hasOldSpellings(connection).then((any) => (any ? lines.find({ same: { $in: [...ids] } }).toArray() : [])),
  ]);
  return new Map([
    ...old.map((line) => [line.same ?? line._id, line] as const),
    ...found.map((l) => [l._id, l] as const),
  ]);
}

/** Lines of a funder that a file said something of, from a key on, in the order of their keys. It reads all the funder's lines: for what is rare. */
export function linesOfFile(connection: mongoose.Connection, fileId: string): mongoose.mongo.FindCursor<LineDocument> {
  const prefix = ofFunder(fileId);
  return linesOf(connection)
    .find({ _id: { $gte: prefix, $lt: `${prefix.slice(0, -1)}0` }, 'entries.origins.file': nameInLines(fileId) })
    .sort({ _id: 1 });
}

/**
 * Lines whose keys are these but for zeros, by their own keys.
 * @param bare keys without the zeros at their heads
 */
export async function loadAlike(
  connection: mongoose.Connection,
  bare: ReadonlySet<string>,
): Promise<Map<string, LineDocument>> {
  if (bare.size === 0) return new Map();
  const lines = linesOf(connection);
  const [found, zeroed] = await Promise.all([
    lines.find({ _id: { $in: [...bare] } }, { batchSize: bare.size + 1 }).toArray(),
    lines.find({ bare: { $in: [...bare] } }).toArray(),
  ]);
  return new Map([...found, ...zeroed].map((line) => [line.same ?? line._id, line]));
}

/** @throws Overtaken where another file changed one of the lines meanwhile, or wrote one that differs by zeros alone */
export async function saveLines(
  connection: mongoose.Connection,
  writes: readonly LineWrite[],
  session: Session,
): Promise<void> {
  await refuseZerosMeanwhile(connection, writes, session);
  const fresh: LineDocument[] = [];
  const changed: { before: LineDocument; after: LineDocument }[] = [];
  for (const { before, after } of writes) {
    if (before) changed.push({ before, after });
    else fresh.push(after);
  }
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
