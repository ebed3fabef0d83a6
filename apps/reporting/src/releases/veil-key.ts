import { randomBytes } from 'node:crypto';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';

export const VEIL_KEYS = 'release_keys';

/** The key by which cells of nothing are masked in releases: made once for an installation, told to nobody. */
export async function veilKey(connection: mongoose.Connection): Promise<string> {
  const keys = collectionOf<{ readonly _id: string; readonly key: string }>(connection, VEIL_KEYS);
  const kept = await keys.findOneAndUpdate(
    { _id: 'veil' },
    { $setOnInsert: { key: randomBytes(32).toString('hex') } },
    { upsert: true, returnDocument: 'after' },
  );
  if (!kept) throw new Error('a key that is made where it is lacking is there');
  return kept.key;
}
