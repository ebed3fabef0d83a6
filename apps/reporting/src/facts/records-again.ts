import { dictionary, own } from '@gpect/domain-values/records';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import type { Change } from './change.js';
import type { Versioned } from './documents.js';
import { readModelOf } from './store.js';

type Records = Readonly<Record<string, Versioned>>;

/**
 * Changes of events that are read again, with records as values to set: those that are no older than what is there. Of one
 * number MongoDB's `$max` keeps the greater record, which need not be the one that is made of it now.
 */
export async function settledRecords(
  connection: mongoose.Connection,
  changes: readonly Change[],
  session: Session,
): Promise<Change[]> {
  const firms = changes.filter(({ again, newest }) => again && Object.keys(newest ?? {}).length > 0);
  if (firms.length === 0) return [...changes];
  const found = await readModelOf(connection, 'firms')
    .find({ _id: { $in: firms.map(({ id }) => id) } }, null, { session })
    .lean();
  const known = new Map(found.map((firm) => [firm._id, firm as unknown as Readonly<Record<string, Records>>]));
  return changes.map((change) => (firms.includes(change) ? settled(change, known.get(change.id)) : change));
}

function settled({ newest = {}, ...change }: Change, firm: Readonly<Record<string, Records>> | undefined): Change {
  const set = dictionary(change.set);
  for (const [path, record] of Object.entries(newest)) {
    const dot = path.indexOf('.');
    const records = firm && own(firm, path.slice(0, dot));
    const there = records && own(records, path.slice(dot + 1));
    if (!there || there.q <= record.q) set[path] = record;
  }
  return { ...change, set };
}
