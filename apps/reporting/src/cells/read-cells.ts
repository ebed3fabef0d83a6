import { type Dictionary, dictionary } from '@gpect/domain-values/records';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { type Deltas, topsAfter } from './deltas.js';
import { type At, cellKey, type Dimension, groupingOf } from './dimensions.js';
import { dirtyUnitsOf } from './dirty.js';
import type { CellDocument, CellYearDocument } from './documents.js';
import { deltasOf } from './fold.js';
import { loadUnits, type Units } from './load-units.js';
import { lookUpTops } from './look-up-tops.js';
import { ofFactKey, Sums } from './measures.js';
import { cellsModel, cellYearsModel } from './store.js';
import type { Tops } from './tops.js';

/** Which cells: of these dimensions, restricted to some values of them, up to a day in the field, year by year or not. */
export interface CellsAsked {
  readonly programme: string;
  readonly by: readonly Dimension[];
  readonly where?: At;
  readonly asOf?: string;
  readonly byYear?: boolean;
}

export interface Cell {
  readonly at: At;
  /** Where cells were asked year by year. */
  readonly year?: number;
  readonly sums: Sums;
  /** Of an amount of money: the largest contributions, as of now (an earlier day has none larger). */
  tops(measure: string): Tops;
}

/** Everything of a programme that is not folded yet: what its cells must be added to, to be exact. */
export async function unfolded(
  connection: mongoose.Connection,
  programme: string,
  session?: Session,
): Promise<Unfolded> {
  const { firms, workshops } = await dirtyUnitsOf(connection, programme, session);
  const units = await loadUnits(connection, firms, workshops, session);
  return { units, deltas: deltasOf(units) };
}

export interface Unfolded {
  readonly units: Units;
  readonly deltas: Deltas;
}

/** The cells asked for, exact to the last event: a read of few documents, however many firms there are. */
export async function readCells(
  connection: mongoose.Connection,
  asked: CellsAsked,
  { deltas, units }: Unfolded,
  session?: Session,
): Promise<Cell[]> {
  const options = session ? { session } : {};
  const cells = (await cellsModel(connection).find(filterOf(asked, '_id'), null, options).lean()) as CellDocument[];
  const found = new Map<string, MutableCell>();
  const cellFor = (id: string, at: At, year?: number): MutableCell => {
    const key = year === undefined ? id : `${id}|${year}`;
    const known = found.get(key) ?? { id, at, sums: new Sums(), ...(year === undefined ? {} : { year }) };
    found.set(key, known);
    return known;
  };
  if (!asked.asOf && !asked.byYear) for (const { _id, at, all } of cells) cellFor(_id, at).sums.addAll(all);
  else for (const part of await readYears(connection, asked, options)) addYear(cellFor, part, asked);

  const by = groupingOf(asked.by);
  for (const { key, facts } of deltas.values()) {
    if (key.programme !== asked.programme || key.by !== by || !within(key.at, asked.where)) continue;
    for (const [fact, amount] of facts) {
      const { measure, day } = ofFactKey(fact);
      if (!asked.asOf || day <= asked.asOf)
        cellFor(key.id, key.at, asked.byYear ? Number(day.slice(0, 4)) : undefined).sums.add(measure, amount);
    }
  }
  const stored = new Map(cells.map((c) => [c._id, c]));
  const tops = new Map<string, Dictionary<Tops>>(cells.map((c) => [c._id, dictionary(c.tops)]));
  for (const { id } of found.values()) {
    const delta = deltas.get(id);
    if (!delta) continue;
    const ofCell = tops.get(id) ?? dictionary<Tops>();
    tops.set(id, ofCell);
    for (const [measure, after] of topsAfter(stored.get(id), delta))
      ofCell[measure] = after ?? (await lookUpTops(connection, delta.key, measure, units, session));
  }
  return [...found.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { id, ...cell }]) => ({ ...cell, tops: (measure) => tops.get(id)?.[measure] ?? [] }));
}

interface MutableCell {
  readonly id: string;
  readonly at: At;
  readonly year?: number;
  readonly sums: Sums;
}

/** Where every dimension has its value, the cell is read by its id. */
function filterOf({ programme, by, where = {} }: CellsAsked, id: '_id' | 'cell'): object {
  if (by.every((dimension) => where[dimension] !== undefined)) {
    const at = Object.fromEntries(by.map((dimension) => [dimension, where[dimension]]));
    return { [id]: cellKey(programme, at).id };
  }
  const values = Object.entries(where).map(([dimension, value]) => [`at.${dimension}`, value] as const);
  return { programme, by: groupingOf(by), ...Object.fromEntries(values) };
}

async function readYears(
  connection: mongoose.Connection,
  asked: CellsAsked,
  options: { session?: Session },
): Promise<CellYearDocument[]> {
  const model = cellYearsModel(connection);
  const filter = filterOf(asked, 'cell');
  const { asOf } = asked;
  if (!asOf) return (await model.find(filter, { days: 0 }, options).lean()) as CellYearDocument[];
  const year = Number(asOf.slice(0, 4));
  const [whole, last] = await Promise.all([
    model.find({ ...filter, year: { $lt: year } }, { days: 0 }, options).lean(),
    model.find({ ...filter, year }, null, options).lean(),
  ]);
  return [...whole, ...last] as CellYearDocument[];
}

/** A year before that of the day counts whole; in its own, the months before and the days of its month. */
function addYear(
  cellFor: (id: string, at: At, year?: number) => MutableCell,
  part: CellYearDocument,
  { asOf, byYear }: CellsAsked,
): void {
  const { sums } = cellFor(part.cell, part.at, byYear ? part.year : undefined);
  // Years before that of the day came without their days: all their months are before it.
  const [month, day] =
    part.days && asOf ? [asOf.slice(5, 7), `${asOf.slice(5, 7)}${asOf.slice(8, 10)}`] : ['99', undefined];
  for (const [name, measures] of Object.entries(part.months ?? {})) if (name < month) sums.addAll(measures);
  if (day === undefined) return;
  for (const [name, measures] of Object.entries(part.days ?? {}))
    if (name.startsWith(month) && name <= day) sums.addAll(measures);
}

function within(at: At, where: At = {}): boolean {
  return Object.entries(where).every(([dimension, value]) => at[dimension as Dimension] === value);
}
