import { createHmac, randomBytes } from 'node:crypto';
import type { Caller } from '@gpect/service-kit/http/caller';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type mongoose from 'mongoose';

/** Who funds the programme sees whose answers they are; who evaluates it, only of firms that agreed. */
export function seesNames(caller: Caller | undefined, { named }: { readonly named?: boolean }): boolean {
  return named === true || (caller?.roles ?? []).some((role) => role === 'state' || role === 'region');
}

export const SECRETS = 'secrets';
const RESPONDENTS = 'respondents';
const LENGTH = 16;

interface Secret {
  readonly _id: string;
  readonly value: string;
}

/** The key that respondents' names are made with: made once, in the database of the service. */
export async function ensureRespondentKey(connection: mongoose.Connection): Promise<void> {
  await collectionOf<Secret>(connection, SECRETS).updateOne(
    { _id: RESPONDENTS },
    { $setOnInsert: { value: randomBytes(32).toString('hex') } },
    { upsert: true },
  );
}

/** A name for each firm that says nothing of it, the same in both waves; nobody finds the firm without the key. */
export async function respondentNames(connection: mongoose.Connection): Promise<(survey: string) => string> {
  const key = await collectionOf<Secret>(connection, SECRETS).findOne({ _id: RESPONDENTS });
  if (!key) throw new Error('the key of respondents is made when the service starts');
  return (survey) => createHmac('sha256', key.value).update(survey).digest('hex').slice(0, LENGTH);
}
