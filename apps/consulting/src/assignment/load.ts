import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import type mongoose from 'mongoose';
import { type Assignment, assignment } from './assignment.js';

/** What a consultant has open: assignments, and the half-days that their budgets still hold. */
export interface Load {
  readonly assignments: number;
  readonly halfDaysAhead: number;
}

const IDLE: Load = { assignments: 0, halfDaysAhead: 0 };

export async function indexAssignments(connection: mongoose.Connection): Promise<void> {
  await stateModel(connection, assignment.collection).collection.createIndex({
    'state.programme': 1,
    'state.consultant': 1,
    'state.status': 1,
  });
}

/** By consultant. */
export async function loadsOf(
  connection: mongoose.Connection,
  programme: string,
  consultants: readonly string[],
): Promise<(consultant: string) => Load> {
  const found = await stateModel(connection, assignment.collection)
    .find({
      'state.programme': programme,
      'state.consultant': { $in: [...consultants] },
      'state.status': { $in: ['OPEN', 'SUSPENDED'] },
    })
    .lean();
  const loads = new Map<string, Load>();
  for (const { state } of found) {
    // The collection of assignments holds assignments.
    const { consultant = '', budget = 0, sessions } = state as Assignment;
    const { assignments, halfDaysAhead } = loads.get(consultant) ?? IDLE;
    const consumed = sessions.reduce((sum, s) => sum + s.halfDays, 0);
    loads.set(consultant, {
      assignments: assignments + 1,
      halfDaysAhead: halfDaysAhead + Math.max(0, budget - consumed),
    });
  }
  return (consultant) => loads.get(consultant) ?? IDLE;
}
