import { createHash, randomBytes } from 'node:crypto';
import { auditWrite } from '@gpect/service-kit/audit/audit-trail';
import { modelOf } from '@gpect/service-kit/mongo/model';
import mongoose from 'mongoose';

/** A link to a calendar. The key itself is not kept: who reads the database cannot read the calendars. */
interface CalendarLink {
  /** SHA-256 of the key. */
  readonly _id: string;
  readonly programme: string;
  readonly action: string;
}

const schema: mongoose.Schema<CalendarLink> = new mongoose.Schema<CalendarLink>(
  { _id: String, programme: String, action: String },
  { versionKey: false },
);
schema.index({ programme: 1, action: 1 });
export const CALENDAR_LINKS = 'calendar_links';

const linksModel = (connection: mongoose.Connection) => modelOf(connection, CALENDAR_LINKS, schema);

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

export async function indexLinks(connection: mongoose.Connection): Promise<void> {
  await linksModel(connection).createCollection();
  await linksModel(connection).createIndexes();
}

/** A new key, to be said once. */
export async function makeLink(connection: mongoose.Connection, programme: string, action: string): Promise<string> {
  const key = randomBytes(32).toString('base64url');
  await linksModel(connection).create({ _id: hashOf(key), programme, action });
  await auditWrite(connection, `${programme}/${action}`, 'calendar link made');
  return key;
}

/** How many links there were. */
export async function revokeLinks(connection: mongoose.Connection, programme: string, action: string): Promise<number> {
  const { deletedCount } = await linksModel(connection).deleteMany({ programme, action });
  await auditWrite(connection, `${programme}/${action}`, 'calendar links revoked');
  return deletedCount;
}

export async function linkOf(connection: mongoose.Connection, key: string): Promise<CalendarLink | null> {
  return linksModel(connection).findById(hashOf(key)).lean();
}
