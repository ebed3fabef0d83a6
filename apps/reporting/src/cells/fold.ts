import { type Dictionary, dictionary } from '@gpect/domain-values/records';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { inTransaction, isTransient, type Session } from '@gpect/service-kit/mongo/transaction';
import type { Logger } from '@gpect/service-kit/observability/logger';
import type mongoose from 'mongoose';
import { type FirmData, firmFacts } from '../indicators/firm-facts.js';
import { workshopFacts } from '../indicators/workshop-facts.js';
import { readModelOf } from '../read-model/store.js';
import { watchOf } from '../warnings/watch.js';
import { addUnit, contributorsChange, type Deltas, topsAfter } from './deltas.js';
import { dirtySources, linkedTo } from './dirty.js';
import type { CellDocument, WorkshopData } from './documents.js';
import { loadUnits, type StoredFirm, type StoredWorkshop, type Units } from './load-units.js';
import { lookUpTops } from './look-up-tops.js';
import { ofFactKey } from './measures.js';
import { CELLS_VERSION, cellsModel, cellYearsModel, foldStateModel } from './store.js';
import type { Unit } from './unit.js';

/** Units of one transaction: fewer where a transaction takes long, more where it is quick. */
const [LEAST, BATCH, MOST] = [5, 50, 500];
/**
 * How long a transaction should take (ms): well below the time after which mongod ends it (10 s here, 60 s by default), and
 * not short: firms of one transaction share their cells, so that four hundred together cost less than four times a hundred.
 */
const [SHORT_MS, LONG_MS] = [1500, 4000];
/** A unit is folded once nothing more came for it since (ms): what is under way is not disturbed. */
const QUIET_MS = 300;
const PAUSE_MS = 250;

/**
 * Keeps the cells: takes the units that changed, and adds to their cells what they say now less what was counted of
 * them. Until then a question adds the same difference itself (read-cells.ts), so folding changes no answer, only how
 * many documents it reads.
 */
export class Folder {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopping = false;
  #batch = BATCH;

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    await refoldIfMadeOtherwise(this.connection);
    this.#later(0);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #later(ms: number): void {
    if (this.#stopping) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#run().then((folded) => this.#later(folded > 0 ? 0 : PAUSE_MS));
    }, ms);
  }

  async #run(): Promise<number> {
    const began = performance.now();
    try {
      const folded = await fold(this.connection, Date.now() - QUIET_MS, this.#batch);
      const took = performance.now() - began;
      if (took > LONG_MS) this.#batch = Math.max(LEAST, this.#batch >> 1);
      else if (took < SHORT_MS && folded >= this.#batch) this.#batch = Math.min(MOST, this.#batch * 2);
      return folded;
    } catch (error) {
      this.#batch = Math.max(LEAST, this.#batch >> 1);
      if (isTransient(error)) this.logger.debug({ err: error }, 'not folded now');
      else this.logger.error({ err: error }, 'the cells could not be folded; questions read the firms themselves');
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      return 0;
    }
  }
}

/** Folds some of what changed before `until` (ms). @returns how many documents; 0 when nothing was left */
export async function fold(connection: mongoose.Connection, until: number, batch = BATCH): Promise<number> {
  let folded = 0;
  await inTransaction(connection, async (session) => {
    folded = (await spread(connection, session)) || (await foldUnits(connection, until, batch, session));
    if (folded > 0)
      await foldStateModel(connection).updateOne(
        { _id: 'fold' },
        { $inc: { generation: 1 }, $set: { version: CELLS_VERSION } },
        { upsert: true, session },
      );
  });
  return folded;
}

/** What looks at a programme, an action or a move that changed is folded again. */
async function spread(connection: mongoose.Connection, session: Session): Promise<number> {
  const sources = await dirtySources(connection, undefined, { session });
  const count = sources.programmes.length + sources.actions.length + sources.moves.length;
  if (count === 0) return 0;
  for (const filter of await linkedTo(connection, sources, { session })) {
    await readModelOf(connection, 'firms').collection.updateMany(filter, { $set: { dirty: 1 } }, { session });
    if (!('siret' in filter))
      await readModelOf(connection, 'workshops').collection.updateMany(filter, { $set: { dirty: 1 } }, { session });
  }
  for (const name of ['programmes', 'actions', 'moves'] as const)
    if (sources[name].length > 0)
      await collectionOf<{ _id: string }>(connection, name).updateMany(
        { _id: { $in: sources[name].map((d) => d._id) } },
        { $unset: { dirty: '' } },
        { session },
      );
  return count;
}

async function foldUnits(
  connection: mongoose.Connection,
  until: number,
  batch: number,
  session: Session,
): Promise<number> {
  const dirty = { dirty: { $gt: 0, $lte: until } };
  const firms = (await readModelOf(connection, 'firms')
    .find(dirty, null, { session })
    .limit(batch)
    .lean()) as StoredFirm[];
  const workshops = (await readModelOf(connection, 'workshops')
    .find(dirty, null, { session })
    .limit(batch)
    .lean()) as StoredWorkshop[];
  if (firms.length + workshops.length === 0) return 0;
  const units = await loadUnits(connection, firms, workshops, session);
  const deltas = deltasOf(units);
  await writeCells(connection, deltas, units, session);
  for (const [name, group] of [
    ['firms', units.firms],
    ['workshops', units.workshops],
  ] as const)
    if (group.size > 0)
      await readModelOf(connection, name).collection.bulkWrite(
        [...group].map(([_id, { now }]) => ({
          updateOne: { filter: { _id }, update: watched(now.data, now) },
        })) as never,
        { session, ordered: false },
      );
  return firms.length + workshops.length;
}

/** What was counted, and for a firm what the warnings look at. */
function watched(data: FirmData | WorkshopData, now: Unit<unknown>) {
  const watch = 'firm' in data ? watchOf(data.firm) : {};
  const gone = ['idleSince', 'budgetUse'].filter((name) => !Object.hasOwn(watch, name)).map((name) => [name, '']);
  return { $set: { counted: now, ...watch }, $unset: { dirty: '', ...Object.fromEntries(gone) } };
}

/** What units change in all their cells. */
export function deltasOf({ firms, workshops }: Units): Deltas {
  const deltas: Deltas = new Map();
  for (const [id, { stored, now }] of firms) addUnit(deltas, id, stored.counted, now, firmFacts);
  for (const [id, { stored, now }] of workshops) addUnit(deltas, id, stored.counted, now, workshopFacts);
  return deltas;
}

async function writeCells(
  connection: mongoose.Connection,
  deltas: Deltas,
  units: Units,
  session: Session,
): Promise<void> {
  const changed = [...deltas.values()].filter((d) => d.facts.size > 0 || d.tops.size > 0);
  const withTops = changed.filter((d) => d.tops.size > 0).map((d) => d.key.id);
  const before = new Map(
    (
      (await cellsModel(connection)
        .find({ _id: { $in: withTops } }, null, { session })
        .lean()) as CellDocument[]
    ).map((c) => [c._id, c]),
  );
  const [cells, years]: [object[], object[]] = [[], []];
  const pathOf = pathsOf();
  for (const delta of changed) {
    const { id, programme, by, at } = delta.key;
    const set = dictionary<unknown>({ programme, by, at });
    for (const [measure, tops] of topsAfter(before.get(id), delta))
      set[`tops.${fieldName(measure)}`] = tops ?? (await lookUpTops(connection, delta.key, measure, units, session));
    const counts = Object.entries(contributorsChange(delta)).filter(([, change]) => change !== 0);
    const all = dictionary(Object.fromEntries(counts.map(([name, change]) => [`all.${fieldName(name)}`, change])));
    const byYear = new Map<number, Dictionary<number>>();
    for (const [key, amount] of delta.facts) {
      if (amount === 0) continue;
      const path = pathOf(key);
      all[path.all] = (all[path.all] ?? 0) + amount;
      const ofYear = byYear.get(path.year) ?? dictionary<number>();
      byYear.set(path.year, ofYear);
      ofYear[path.month] = (ofYear[path.month] ?? 0) + amount;
      ofYear[path.day] = amount;
    }
    cells.push(upsert(id, set, withoutNothing(all)));
    for (const [year, amounts] of byYear)
      years.push(upsert(`${id}|${year}`, { cell: id, programme, by, at, year }, withoutNothing(amounts)));
  }
  if (cells.length > 0) await cellsModel(connection).collection.bulkWrite(cells as never, { session, ordered: false });
  if (years.length > 0)
    await cellYearsModel(connection).collection.bulkWrite(years as never, { session, ordered: false });
}

function upsert(_id: string, set: object, add: Dictionary<number>) {
  const update = { $set: set, ...(Object.keys(add).length > 0 ? { $inc: add } : {}) };
  return { updateOne: { filter: { _id }, update, upsert: true } };
}

/** Where a fact is added in the documents; made once, however many cells it counts in. */
function pathsOf(): (key: string) => Paths {
  const known = new Map<string, Paths>();
  return (key) => {
    const found = known.get(key);
    if (found) return found;
    const { measure, day } = ofFactKey(key);
    const [month, dayOfYear] = [day.slice(5, 7), `${day.slice(5, 7)}${day.slice(8, 10)}`];
    const field = fieldName(measure);
    const paths = {
      year: Number(day.slice(0, 4)),
      all: `all.${field}`,
      month: `months.${month}.${field}`,
      day: `days.${dayOfYear}.${field}`,
    };
    known.set(key, paths);
    return paths;
  };
}

interface Paths {
  readonly year: number;
  readonly all: string;
  readonly month: string;
  readonly day: string;
}

function withoutNothing(amounts: Dictionary<number>): Dictionary<number> {
  for (const [path, amount] of Object.entries(amounts)) if (amount === 0) delete amounts[path];
  return amounts;
}

/** Cells of another version are dropped, and every unit is folded anew from its document. */
async function refoldIfMadeOtherwise(connection: mongoose.Connection): Promise<void> {
  const state = await foldStateModel(connection).findById('fold').lean();
  if (!state || state.version === CELLS_VERSION) return;
  await inTransaction(connection, async (session) => {
    for (const name of ['firms', 'workshops'] as const)
      await readModelOf(connection, name).collection.updateMany(
        {},
        { $set: { dirty: 1 }, $unset: { counted: '' } },
        { session },
      );
    await cellsModel(connection).collection.deleteMany({}, { session });
    await cellYearsModel(connection).collection.deleteMany({}, { session });
    await foldStateModel(connection).updateOne(
      { _id: 'fold' },
      { $inc: { generation: 1 }, $set: { version: CELLS_VERSION } },
      { session },
    );
  });
}
