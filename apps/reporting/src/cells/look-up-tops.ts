import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { firmFacts } from '../indicators/firm-facts.js';
import { readModelOf } from '../read-model/store.js';
import { type CellKey, cellsOf } from './dimensions.js';
import type { StoredFirm, Units } from './load-units.js';
import { type Tops, withTop } from './tops.js';
import type { Unit } from './unit.js';

/** The firms that make most of an amount in a cell, read from the firms themselves: rare, when all known ones shrank. */
export async function lookUpTops(
  connection: mongoose.Connection,
  key: CellKey,
  measure: string,
  units: Units,
  session: Session | undefined,
): Promise<Tops> {
  const place = Object.fromEntries(Object.entries(key.at).map(([name, value]) => [`counted.place.${name}`, value]));
  const found = (await readModelOf(connection, 'firms')
    .find({ programme: key.programme, ...place }, null, session ? { session } : {})
    .lean()) as StoredFirm[];
  const now = new Map(found.flatMap((f) => (f.counted ? [[f._id, f.counted] as const] : [])));
  for (const [id, unit] of units.firms) now.set(id, unit.now);
  return [...now]
    .filter(([, unit]) => cellsOf(unit.place).some((cell) => cell.id === key.id))
    .reduce<Tops>((tops, [id, unit]) => withTop(tops, id, amountOf(unit, measure), tops.length) ?? [], []);
}

function amountOf({ data }: Unit<Parameters<typeof firmFacts>[0]>, measure: string): number {
  return firmFacts(data).reduce((sum, [name, , amount]) => (name === measure ? sum + amount : sum), 0);
}
