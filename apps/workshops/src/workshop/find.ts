import type { CalendarDate } from '@gpect/domain-values/calendar';
import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import { instantOf } from '@gpect/service-kit/outbox/position';
import type mongoose from 'mongoose';
import { type Workshop, workshop } from './workshop.js';

export interface ChangedWorkshop {
  readonly workshop: Workshop;
  /** When its last event was recorded. */
  readonly changedAt: Date | undefined;
}

export async function indexWorkshops(connection: mongoose.Connection): Promise<void> {
  await stateModel(connection, workshop.collection).collection.createIndexes([
    { key: { 'state.programme': 1, 'state.action': 1, 'state.plannedOn': 1 } },
    { key: { 'state.status': 1, 'state.plannedOn': 1 } },
  ]);
}

async function findStored(connection: mongoose.Connection, filter: object): Promise<ChangedWorkshop[]> {
  const found = await stateModel(connection, workshop.collection)
    .find(filter)
    .sort({ 'state.plannedOn': 1, _id: 1 })
    .lean();
  // The collection of workshops holds workshops.
  return found.map(({ state, position }) => ({ workshop: state as Workshop, changedAt: instantOf(position) }));
}

async function find(connection: mongoose.Connection, filter: object): Promise<Workshop[]> {
  return (await findStored(connection, filter)).map((stored) => stored.workshop);
}

/** The workshops of an action by day, each with when it was changed last. */
export function changedWorkshopsOf(
  connection: mongoose.Connection,
  programme: string,
  action: string,
): Promise<ChangedWorkshop[]> {
  return findStored(connection, { 'state.programme': programme, 'state.action': action });
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
