import { groupBy } from '@gpect/service-kit/collections/group-by';
import { type Facts, keptAs } from '@gpect/service-kit/inbox/event-handler';
import { Gathered } from '@gpect/service-kit/mongo/gathered';
import { modelOf } from '@gpect/service-kit/mongo/model';
import mongoose from 'mongoose';

/** An establishment that moved: the SIRET that goes on for it. */
export interface KnownMove {
  readonly _id: string;
  readonly successor: string;
}

const schema: mongoose.Schema<KnownMove> = new mongoose.Schema<KnownMove>(
  { _id: String, successor: String },
  { versionKey: false },
);
schema.index({ successor: 1 });
export const KNOWN_MOVES = 'known_moves';

const movesModel = (connection: mongoose.Connection) => modelOf(connection, KNOWN_MOVES, schema);

const CLOSED = 'fr.gpect.training-spend.establishment-closed.v1';

/** Keeps the moves that Sirene tells of, so that a firm under its new SIRET is found under its case. */
export function moveFacts(connection: mongoose.Connection): Facts<KnownMove> {
  return keptAs('moves', 1, {
    types: [CLOSED],
    changesOf: (event) =>
      event.type === CLOSED && event.data.successor ? [{ _id: event.data.siret, successor: event.data.successor }] : [],
    apply: async (moves, session) => {
      await movesModel(connection).bulkWrite(
        moves.map(({ _id, successor }) => ({
          updateOne: { filter: { _id }, update: { $set: { successor } }, upsert: true },
        })),
        { session },
      );
    },
  });
}

export async function indexMoves(connection: mongoose.Connection): Promise<void> {
  await movesModel(connection).createCollection();
  await movesModel(connection).createIndexes();
}

/** By SIRET, the establishments that moved there. */
export async function movedTo(connection: mongoose.Connection, sirets: readonly string[]): Promise<KnownMove[]> {
  const moves = movesOf.get(connection) ?? new Gathered((all) => readMoves(connection, all));
  movesOf.set(connection, moves);
  return [...(await moves.find(sirets)).values()].flat();
}

const movesOf = new WeakMap<mongoose.Connection, Gathered<KnownMove[]>>();

async function readMoves(
  connection: mongoose.Connection,
  successors: readonly string[],
): Promise<Map<string, KnownMove[]>> {
  const found: KnownMove[] = await movesModel(connection)
    .find({ successor: { $in: [...successors] } })
    .lean();
  return groupBy(found, ({ successor }) => successor);
}

/** The SIRET that goes on for this one; undefined where it did not move. */
export async function successorOf(connection: mongoose.Connection, siret: string): Promise<string | undefined> {
  return (await movesModel(connection).findById(siret).lean())?.successor;
}
