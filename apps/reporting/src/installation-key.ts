import { randomBytes } from 'node:crypto';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';

export const INSTALLATION_KEYS = 'release_keys';

/** What a key is for: cells of nothing that releases mask, pseudonyms of firms, rows that releases leave out. */
type KeyOf = 'veil' | 'pseudonym' | 'rows';

/** A key that was made once for an installation, and is told to nobody. */
export async function installationKey(connection: mongoose.Connection, of: KeyOf): Promise<string> {
  const keys = collectionOf<{ readonly _id: string; readonly key: string }>(connection, INSTALLATION_KEYS);
  const kept = await keys.findOneAndUpdate(
    { _id: of },
    { $setOnInsert: { key: randomBytes(32).toString('hex') } },
    { upsert: true, returnDocument: 'after' },
  );
  if (!kept) throw new Error('a key that is made where it is lacking is there');
  return kept.key;
}
