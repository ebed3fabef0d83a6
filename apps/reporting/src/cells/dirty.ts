import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import type { ActionDocument, CollectionName, MoveDocument, ProgrammeDocument } from '../read-model/documents.js';
import { readModelOf } from '../read-model/store.js';
import { movedGroups, type StoredFirm, type StoredWorkshop } from './load-units.js';

/** Documents that units look at and that changed since those were counted. */
interface DirtySources {
  readonly programmes: readonly ProgrammeDocument[];
  readonly actions: readonly ActionDocument[];
  readonly moves: readonly MoveDocument[];
}

type Options = { readonly session?: Session };

/** Everything that says something else than what was counted of it, in one programme. */
export async function dirtyUnitsOf(
  connection: mongoose.Connection,
  programme: string,
  session: Session | undefined,
): Promise<{ firms: StoredFirm[]; workshops: StoredWorkshop[] }> {
  const options = session ? { session } : {};
  const sources = await dirtySources(connection, programme, options);
  const firms = await read<StoredFirm>(connection, 'firms', { programme, dirty: { $gt: 0 } }, options);
  const workshops = await read<StoredWorkshop>(connection, 'workshops', { programme, dirty: { $gt: 0 } }, options);
  const moved = await movedGroups(
    connection,
    firms.map((f) => f.siret),
    options,
  );
  const linked = await linkedTo(connection, sources, options);
  const alsoFirms = [...linked, { programme, siret: { $in: [...moved.keys()] } }];
  for (const filter of alsoFirms)
    if (!isNone(filter))
      for (const firm of await read<StoredFirm>(connection, 'firms', { programme, ...filter }, options))
        firms.push(firm);
  for (const filter of linked)
    if (!('siret' in filter))
      for (const workshop of await read<StoredWorkshop>(connection, 'workshops', { programme, ...filter }, options))
        workshops.push(workshop);
  return { firms: [...byId(firms).values()], workshops: [...byId(workshops).values()] };
}

/** The firms (and workshops, but for those by SIRET) that changed sources concern. */
export async function linkedTo(
  connection: mongoose.Connection,
  { programmes, actions, moves }: DirtySources,
  options: Options,
): Promise<Record<string, unknown>[]> {
  const sirets = moves.flatMap(({ _id, successor }) => [_id, successor]);
  const groups = await movedGroups(connection, sirets, options);
  return [
    ...programmes.map(({ _id }) => ({ programme: _id })),
    ...actions.map(({ programme, action }) => ({ programme, action })),
    ...(groups.size > 0 ? [{ siret: { $in: [...groups.keys()] } }] : []),
  ];
}

export async function dirtySources(
  connection: mongoose.Connection,
  programme: string | undefined,
  options: Options,
): Promise<DirtySources> {
  const dirty = { dirty: { $gt: 0 } };
  return {
    programmes: await read(connection, 'programmes', { ...(programme ? { _id: programme } : {}), ...dirty }, options),
    actions: await read(connection, 'actions', { ...(programme ? { programme } : {}), ...dirty }, options),
    moves: await read(connection, 'moves', dirty, options),
  };
}

async function read<Document>(
  connection: mongoose.Connection,
  name: CollectionName,
  filter: object,
  options: Options,
): Promise<Document[]> {
  const model = readModelOf(connection, name) as unknown as mongoose.Model<Document>;
  return (await model.find(filter, null, options).lean()) as Document[];
}

const isNone = (filter: { siret?: unknown }): boolean =>
  (filter.siret as { $in?: unknown[] } | undefined)?.$in?.length === 0;

function byId<T extends { readonly _id: string }>(documents: readonly T[]): Map<string, T> {
  return new Map(documents.map((d) => [d._id, d]));
}
