import { readPositions } from '@gpect/service-kit/inbox/seen-events';
import type mongoose from 'mongoose';
import { readModelOf } from '../read-model/store.js';
import { type Bilan, bilanOf, type Scope } from './bilan.js';

/** Reads what the bilan is made of as of one instant (a snapshot: figures and offsets agree), and computes it. */
export async function loadBilan(
  connection: mongoose.Connection,
  code: string,
  scope: Scope,
): Promise<Bilan | undefined> {
  const session = await connection.getClient().startSession({ snapshot: true });
  try {
    const programme = await readModelOf(connection, 'programmes').findById(code).session(session).lean();
    if (!programme) return undefined;
    const [inProgramme, options] = [{ programme: code }, { session }];
    return await bilanOf({
      programme,
      scope,
      actions: await readModelOf(connection, 'actions').find(inProgramme, null, options).sort({ _id: 1 }).lean(),
      workshops: await readModelOf(connection, 'workshops').find(inProgramme, null, options).lean(),
      refusals:
        scope.basin || scope.action
          ? []
          : await readModelOf(connection, 'refusals').find(inProgramme, null, options).lean(),
      firms: readModelOf(connection, 'firms')
        .find({ ...inProgramme, ...scope }, null, options)
        .lean()
        .cursor({ batchSize: 2000 }),
      positions: await readPositions(connection, session),
    });
  } finally {
    await session.endSession();
  }
}
