import { readPositions } from '@gpect/service-kit/inbox/positions';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import type { At, Dimension } from '../cells/dimensions.js';
import { type Cell, readCells, unfolded } from '../cells/read-cells.js';
import { foldStateModel } from '../cells/store.js';
import { readModelOf } from '../read-model/store.js';
import { type Bilan, bilanOf, type Scope } from './bilan.js';

const ATTEMPTS = 2;
const REMEMBERED = 200;

/**
 * Answers from the read model, figures and offsets of one instant. An answer is a pure function of what was read up to
 * the positions, so it is remembered with them: while no event comes, a question costs one small read.
 */
export class ReadModel {
  readonly #remembered = new Map<string, { readonly positions: Positions; readonly answer: unknown }>();

  constructor(readonly connection: mongoose.Connection) {}

  async answer<T>(key: string, read: (at: Instant) => Promise<T>): Promise<T> {
    const positions = await readPositions(this.connection);
    const known = this.#remembered.get(key);
    if (known && sameEntries(known.positions, positions)) return known.answer as T;
    const { answer, at } = await atOneInstant(this.connection, read);
    this.#remembered.delete(key);
    this.#remembered.set(key, { positions: at, answer });
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    return answer;
  }
}

export type Positions = ReadonlyMap<string, number>;

/** What a read happens in: the positions that hold, and the session of a snapshot where there is one. */
export interface Instant {
  readonly connection: mongoose.Connection;
  readonly positions: Positions;
  readonly session?: Session;
}

/**
 * Positions change in the transaction of every change, the generation with every fold: when they are the same before and
 * after, nothing came in between. Under a steady stream of events a snapshot is read instead, which waits for the disk.
 */
async function atOneInstant<T>(
  connection: mongoose.Connection,
  read: (at: Instant) => Promise<T>,
): Promise<{ at: Positions; answer: T }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [positions, generation] = await Promise.all([readPositions(connection), generationOf(connection)]);
    const answer = await read({ connection, positions });
    const [after, then] = await Promise.all([readPositions(connection), generationOf(connection)]);
    if (sameEntries(positions, after) && generation === then) return { at: positions, answer };
  }
  const session = connection.getClient().startSession({ snapshot: true });
  try {
    const positions = await readPositions(connection, session);
    return { at: positions, answer: await read({ connection, positions, session }) };
  } finally {
    await session.endSession();
  }
}

async function generationOf(connection: mongoose.Connection): Promise<number> {
  return (await foldStateModel(connection).findById('fold').lean())?.generation ?? 0;
}

/** The cells of one programme, all of one instant. */
export async function cellsOfProgramme(instant: Instant, programme: string) {
  const rest = await unfolded(instant.connection, programme, instant.session);
  return (by: readonly Dimension[], where: At, when: { asOf?: string | undefined; byYear?: boolean } = {}) =>
    readCells(
      instant.connection,
      {
        programme,
        by,
        where,
        ...(when.asOf ? { asOf: when.asOf } : {}),
        ...(when.byYear ? { byYear: true } : {}),
      },
      rest,
      instant.session,
    );
}

/** Undefined where no such programme was opened. */
export async function loadBilan(
  instant: Instant,
  code: string,
  scope: Scope,
  masked: boolean,
): Promise<Bilan | undefined> {
  const { connection, session, positions } = instant;
  const options = session ? { session } : {};
  const whole = Object.keys(scope.at).length === 0 && scope.year === undefined;
  const [programme, actions, refusals, spendFiles, practices, exchanges] = await Promise.all([
    readModelOf(connection, 'programmes').findById(code, null, options).lean(),
    readModelOf(connection, 'actions').find({ programme: code }, null, options).sort({ _id: 1 }).lean(),
    whole ? readModelOf(connection, 'refusals').find({ programme: code }, null, options).lean() : [],
    whole ? readModelOf(connection, 'spendFiles').find({ programme: code }, null, options).lean() : [],
    whole ? readModelOf(connection, 'practices').find({ programme: code }, null, options).lean() : [],
    whole ? readModelOf(connection, 'exchanges').find({ programme: code }, null, options).lean() : [],
  ]);
  if (!programme) return undefined;
  const read = await cellsOfProgramme(instant, code);
  const dimensions = Object.keys(scope.at) as Dimension[];
  const cut = async (by: readonly Dimension[]): Promise<Cell[] | undefined> => {
    if (by.length > 2) return undefined;
    const cells = await read(by, scope.at, { asOf: scope.asOf, byYear: scope.year !== undefined });
    return cells.filter((cell) => scope.year === undefined || cell.year === scope.year);
  };
  const withOne = (dimension: Dimension) => [...new Set([...dimensions, dimension])];
  const [total, byBasin, byAction] = await Promise.all([
    cut(dimensions),
    cut(withOne('basin')),
    cut(withOne('action')),
  ]);
  return bilanOf({
    programme,
    scope,
    actions,
    total: total?.[0],
    byBasin,
    byAction,
    refusals,
    spendFiles,
    practices,
    exchanges,
    positions,
    masked,
  });
}

function sameEntries(a: Positions, b: Positions): boolean {
  return a.size === b.size && [...a].every(([key, next]) => b.get(key) === next);
}
