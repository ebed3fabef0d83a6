import { readPositions } from '@gpect/service-kit/inbox/seen-events';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { readModelOf } from '../read-model/store.js';
import { type Bilan, bilanOf, type Scope } from './bilan.js';
import { datesOfMoved, groupsOf } from './moved-firms.js';

const ATTEMPTS = 2;
const REMEMBERED = 100;

/**
 * The bilan of a programme or of a scope of it, figures and offsets of one instant. It is a pure function of what was
 * read up to the positions, so it is remembered with them: while no event comes, a question costs one small read.
 */
export class Bilans {
  readonly #remembered = new Map<string, { readonly positions: ReadonlyMap<string, number>; readonly bilan: Bilan }>();

  constructor(private readonly connection: mongoose.Connection) {}

  /** Undefined where no such programme was opened. */
  async of(code: string, scope: Scope): Promise<Bilan | undefined> {
    const key = [code, scope.basin ?? '', scope.action ?? ''].join('/');
    const positions = await readPositions(this.connection);
    const known = this.#remembered.get(key);
    if (known && sameEntries(known.positions, positions)) return known.bilan;
    const bilan = await loadBilan(this.connection, code, scope, positions);
    if (bilan) this.#remember(key, bilan.positions, bilan.bilan);
    return bilan?.bilan;
  }

  #remember(key: string, positions: ReadonlyMap<string, number>, bilan: Bilan): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, { positions, bilan });
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
  }
}

interface AtPositions {
  readonly positions: ReadonlyMap<string, number>;
  readonly bilan: Bilan;
}

/**
 * Positions change in the transaction of every change: when they are the same before and after, nothing came in
 * between. Under a steady stream of events a snapshot is read instead, which has to wait for the disk.
 */
async function loadBilan(
  connection: mongoose.Connection,
  code: string,
  scope: Scope,
  first: ReadonlyMap<string, number>,
): Promise<AtPositions | undefined> {
  let before = first;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const bilan = await readOnce(connection, code, scope, before);
    const after = await readPositions(connection);
    if (sameEntries(before, after)) return bilan && { positions: before, bilan };
    before = after;
  }
  const session = connection.getClient().startSession({ snapshot: true });
  try {
    const positions = await readPositions(connection, session);
    const bilan = await readOnce(connection, code, scope, positions, session);
    return bilan && { positions, bilan };
  } finally {
    await session.endSession();
  }
}

async function readOnce(
  connection: mongoose.Connection,
  code: string,
  scope: Scope,
  positions: ReadonlyMap<string, number>,
  session?: Session,
): Promise<Bilan | undefined> {
  const [inProgramme, options] = [{ programme: code }, session ? { session } : {}];
  const [programme, actions, workshops, refusals, spendFiles, moves] = await Promise.all([
    readModelOf(connection, 'programmes').findById(code, null, options).lean(),
    readModelOf(connection, 'actions').find(inProgramme, null, options).sort({ _id: 1 }).lean(),
    readModelOf(connection, 'workshops').find(inProgramme, null, options).lean(),
    scope.basin || scope.action ? [] : readModelOf(connection, 'refusals').find(inProgramme, null, options).lean(),
    readModelOf(connection, 'spendFiles').find(inProgramme, null, options).lean(),
    readModelOf(connection, 'moves').find({}, null, options).lean(),
  ]);
  if (!programme) return undefined;
  const groups = groupsOf(moves);
  // What was spent under a firm's other SIRET counts where the firm is.
  const enrolled = await readModelOf(connection, 'firms')
    .find(
      { ...inProgramme, ...scope, siret: { $in: [...groups.keys()] }, enrolledOn: { $exists: true } },
      null,
      options,
    )
    .lean();
  const moved = datesOfMoved(groups, enrolled);
  const elsewhere = [...moved.keys()].filter((siret) => !enrolled.some((firm) => firm.siret === siret));
  const asked = Object.keys(scope).length > 0 ? { $or: [scope, { siret: { $in: elsewhere } }] } : {};
  const firms = readModelOf(connection, 'firms')
    .find({ ...inProgramme, ...asked }, null, options)
    .lean()
    .cursor({ batchSize: 2000 });
  return bilanOf({ programme, scope, actions, workshops, refusals, spendFiles, moved, firms, positions });
}

function sameEntries(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([key, next]) => b.get(key) === next);
}
