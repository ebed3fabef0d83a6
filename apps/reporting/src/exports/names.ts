import type mongoose from 'mongoose';
import { readModelOf } from '../facts/store.js';
import type { Names } from './bilan-sheets.js';

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
