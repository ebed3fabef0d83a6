import type mongoose from 'mongoose';
import { readModelOf } from '../facts/store.js';

/** Names by code of what the bilan is cut by. */
export interface Names {
  readonly basins: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, string>>;
}

/** What the basins and actions of a programme are called. */
export async function namesOf(connection: mongoose.Connection, programme: string): Promise<Names> {
  const [opened, actions] = await Promise.all([
    readModelOf(connection, 'programmes').findById(programme).lean(),
    readModelOf(connection, 'actions').find({ programme }).lean(),
  ]);
  return {
    basins: opened?.basinNames ?? {},
    actions: Object.fromEntries(actions.map(({ action, name }) => [action, name ?? action])),
  };
}
