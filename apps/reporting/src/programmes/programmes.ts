import { problemOf } from '@gpect/service-kit/http/problem';
import type mongoose from 'mongoose';
import { readModelOf } from '../facts/store.js';

/** @throws Problem 404 where no such programme was opened, or its opening has not arrived yet */
export async function requireProgramme(connection: mongoose.Connection, programme: string): Promise<void> {
  if (!(await readModelOf(connection, 'programmes').exists({ _id: programme }))) throw programmeUnknown(programme);
}

/** @param kind `rule` where it stands in a body (422), else it is what is not found (404) */
export function programmeUnknown(programme: string, kind: 'unknown' | 'rule' = 'unknown') {
  return problemOf({
    code: 'programme_unknown',
    kind,
    field: 'programme',
    value: programme,
    detail: `no programme ${programme} was opened, or its opening has not arrived yet`,
  });
}
