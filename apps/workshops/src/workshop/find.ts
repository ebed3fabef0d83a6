import type { CalendarDate } from '@gpect/domain-values/calendar';
import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import type mongoose from 'mongoose';
import { type Workshop, workshop } from './workshop.js';

export async function indexWorkshops(connection: mongoose.Connection): Promise<void> {
  await stateModel(connection, workshop.collection).collection.createIndexes([
    { key: { 'state.programme': 1, 'state.action': 1, 'state.plannedOn': 1 } },
    { key: { 'state.status': 1, 'state.plannedOn': 1 } },
  ]);
}

async function find(connection: mongoose.Connection, filter: object): Promise<Workshop[]> {
  const found = await stateModel(connection, workshop.collection)
    .find(filter)
    .sort({ 'state.plannedOn': 1, _id: 1 })
    .lean();
  // The collection of workshops holds workshops.
  return found.map((document) => document.state as Workshop);
}

/** The workshops of an action by day, or those of one of its series. */
export function workshopsOf(
  connection: mongoose.Connection,
  programme: string,
  action: string,
  series?: string,
): Promise<Workshop[]> {
  return find(connection, {
    'state.programme': programme,
    'state.action': action,
    ...(series ? { 'state.series': series } : {}),
  });
}

/** What is still planned, after one day and up to another. */
export function plannedBetween(
  connection: mongoose.Connection,
  after: CalendarDate,
  upTo: CalendarDate,
): Promise<Workshop[]> {
  return find(connection, { 'state.status': 'PLANNED', 'state.plannedOn': { $gt: after, $lte: upTo } });
}
