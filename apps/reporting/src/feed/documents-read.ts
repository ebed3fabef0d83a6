import { inProgramme } from '@gpect/domain-values/identifiers';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import type { Unit } from '../cube/cell.js';
import { DIMENSIONS, valuesOfAction } from '../dimensions/dimensions.js';
import type {
  ActionDocument,
  CollectionName,
  FirmDocument,
  MoveDocument,
  ProgrammeDocument,
  ReadModel,
} from '../facts/documents.js';
import type { Changed } from './change-log.js';
import { type Moved, movedOf } from './moved.js';
import { firmUnits, RECORDS, recordUnit, recordUnitId, type Surroundings } from './units.js';

/** Documents that units look at beside their own; few enough to be kept whole. */
export interface Small {
  readonly programmes: ReadonlyMap<string, ProgrammeDocument>;
  readonly actions: ReadonlyMap<string, ActionDocument>;
  readonly moves: ReadonlyMap<string, MoveDocument>;
  readonly moved: Moved;
}

const BATCH = 2000;

type Filter = Readonly<Record<string, unknown>>;

/** Reads documents, and makes units of them. */
export class DocumentsRead {
  constructor(
    private readonly connection: mongoose.Connection,
    private readonly isWhole: (keeper: string) => boolean,
    private readonly session?: Session,
  ) {}

  async small(): Promise<Small> {
    const [programmes, actions, moves] = await Promise.all([
      this.#byId('programmes', {}),
      this.#byId('actions', {}),
      this.#byId('moves', {}),
    ]);
    return { programmes, actions, moves, moved: movedOf(moves.values()) };
  }

  /** What is there after these documents changed. */
  async smallAfter(before: Small, changed: Changed): Promise<Small> {
    const after = async <Name extends 'programmes' | 'actions' | 'moves'>(name: Name) => {
      const ids = changed.get(name);
      if (!ids) return before[name] as ReadonlyMap<string, ReadModel[Name]>;
      return new Map([
        ...(before[name] as ReadonlyMap<string, ReadModel[Name]>),
        ...(await this.#byId(name, { _id: { $in: [...ids] } })),
      ]);
    };
    const moves = await after('moves');
    const moved = moves === before.moves ? before.moved : movedOf(moves.values());
    return { programmes: await after('programmes'), actions: await after('actions'), moves, moved };
  }

  /** All units there are, in batches. */
  async *all(small: Small): AsyncGenerator<Unit[]> {
    for await (const firms of this.#batches('firms', {}))
      yield firms.filter(({ siret }) => !small.moved.has(siret)).flatMap((firm) => this.#units([firm], small));
    const groups = [...new Set(small.moved.values())];
    if (groups.length > 0) yield (await this.#groups(groups.flat(), small)).units;
    for (const name of RECORDS)
      for await (const records of this.#batches(name, {}))
        yield records.map((record) => recordUnit(name, record, this.#around(small)));
  }

  /** The units that changed documents concern, and the ids of all that they replace. */
  async changed(changed: Changed, before: Small, now: Small): Promise<{ gone: string[]; units: Unit[] }> {
    const filters = concerned(before, now);
    const firms = await this.#read('firms', [{ _id: { $in: [...(changed.get('firms') ?? [])] } }, ...filters]);
    // A move that is said otherwise parts SIRET that were one firm before.
    const moves = [...(changed.get('moves') ?? [])].flatMap((siret) => [
      siret,
      now.moves.get(siret)?.successor ?? siret,
      ...(before.moved.get(siret) ?? []),
    ]);
    const inGroups = firms.map((f) => f.siret).filter((siret) => now.moved.has(siret));
    const moved = new Set([...inGroups, ...moves].flatMap((siret) => now.moved.get(siret) ?? [siret]));
    const alone = firms.filter(({ siret }) => !moved.has(siret));
    const groups = await this.#groups([...moved], now);
    const records = await this.#records(changed, filters, now);
    return {
      gone: unique([
        // In a snapshot of before, a document that is in the cube already may not be there yet.
        ...(changed.get('firms') ?? []),
        ...alone.map((f) => f._id),
        ...groups.ids,
        ...RECORDS.flatMap((name) => [...(changed.get(name) ?? [])].map((id) => recordUnitId(name, id))),
        ...records.map(({ id }) => id),
      ]),
      units: [...alone.flatMap((firm) => this.#units([firm], now)), ...groups.units, ...records],
    };
  }

  /** The units of records that changed, or whose action stands elsewhere. */
  async #records(changed: Changed, filters: readonly Filter[], small: Small): Promise<Unit[]> {
    const units: Unit[] = [];
    for (const name of RECORDS) {
      const found = await this.#read(name, [{ _id: { $in: [...(changed.get(name) ?? [])] } }, ...filters]);
      for (const record of found) units.push(recordUnit(name, record, this.#around(small)));
    }
    return units;
  }

  async #groups(sirets: readonly string[], small: Small): Promise<{ ids: string[]; units: Unit[] }> {
    const found = sirets.length > 0 ? await this.#read('firms', [{ siret: { $in: [...sirets] } }]) : [];
    const byGroup = new Map<string, FirmDocument[]>();
    for (const firm of found) {
      const key = inProgramme(firm.programme, small.moved.get(firm.siret)?.[0] ?? firm.siret);
      byGroup.set(key, [...(byGroup.get(key) ?? []), firm]);
    }
    return { ids: found.map((f) => f._id), units: [...byGroup.values()].flatMap((group) => this.#units(group, small)) };
  }

  #units(group: readonly FirmDocument[], small: Small): Unit[] {
    return firmUnits(group, this.#around(small));
  }

  #around({ programmes, actions, moved }: Small): Surroundings {
    return { programmes, actions, isWhole: this.isWhole, knownBy: (siret) => moved.get(siret)?.[0] ?? siret };
  }

  async #read<Name extends CollectionName>(name: Name, filters: readonly Filter[]): Promise<ReadModel[Name][]> {
    const byId = new Map<string, ReadModel[Name]>();
    for (const filter of filters)
      for await (const batch of this.#batches(name, filter)) for (const one of batch) byId.set(one._id, one);
    return [...byId.values()];
  }

  async #byId<Name extends CollectionName>(name: Name, filter: Filter): Promise<Map<string, ReadModel[Name]>> {
    return new Map((await this.#read(name, [filter])).map((one) => [one._id, one]));
  }

  async *#batches<Name extends CollectionName>(name: Name, filter: Filter): AsyncGenerator<ReadModel[Name][]> {
    const found = collectionOf<ReadModel[Name]>(this.connection, name)
      .find(filter as never, this.session ? { session: this.session } : {})
      .batchSize(BATCH);
    let batch: ReadModel[Name][] = [];
    for await (const one of found) {
      batch.push(one as ReadModel[Name]);
      if (batch.length === BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

/** Firms and workshops that stand elsewhere, or count otherwise, since an action or a programme changed. */
function concerned(before: Small, now: Small): Filter[] {
  const actions = [...now.actions.values()].filter(
    (action) => before.actions !== now.actions && placeBy(before.actions.get(action._id)) !== placeBy(action),
  );
  const programmes = [...now.programmes.values()].filter(
    ({ _id, targetHeadcount }) => before.programmes.get(_id)?.targetHeadcount !== targetHeadcount,
  );
  return [
    ...actions.map(({ programme, action }) => ({ programme, action })),
    ...programmes.map(({ _id }) => ({ programme: _id })),
  ];
}

/** All that units take from their action, as a text. */
function placeBy(action: ActionDocument | undefined): string {
  if (!action) return '';
  return JSON.stringify([action.basins?.[0], ...DIMENSIONS.map((dimension) => valuesOfAction(dimension, action))]);
}
