import type { CalendarDate } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { modelOf } from '@gpect/service-kit/mongo/model';
import mongoose from 'mongoose';

/** What this service knows of a firm from enrolment's events. */
export interface EnrolledFirm {
  readonly _id: string;
  /** Id of the collective action. */
  readonly action: string;
  readonly siret: string;
  readonly enrolledOn: CalendarDate;
  /** The day it left, by abandonment; the day that was recorded where the carrier gave none. */
  readonly leftOn?: CalendarDate;
}

const firmSchema: mongoose.Schema<EnrolledFirm> = new mongoose.Schema<EnrolledFirm>(
  { _id: String, action: String, siret: String, enrolledOn: String, leftOn: String },
  { versionKey: false },
);
firmSchema.index({ action: 1, enrolledOn: 1 });

export const ENROLLED_FIRMS = 'enrolled_firms';

export const firmsModel = (connection: mongoose.Connection) => modelOf(connection, ENROLLED_FIRMS, firmSchema);

export async function indexEnrolledFirms(connection: mongoose.Connection): Promise<void> {
  await firmsModel(connection).createCollection();
  await firmsModel(connection).createIndexes();
}

/** The action in which each of these firms is or was enrolled, by SIRET. */
export async function actionsOfFirms(
  connection: mongoose.Connection,
  programme: string,
  sirets: readonly string[],
): Promise<Map<string, string>> {
  const found = await firmsModel(connection)
    .find({ _id: { $in: sirets.map((s) => inProgramme(programme, s)) } })
    .lean();
  return new Map(found.map((f) => [f.siret, f.action]));
}

/** The firms that a workshop invites: enrolled by that day and not gone. */
export async function invitedFirms(
  connection: mongoose.Connection,
  action: string,
  on: CalendarDate,
): Promise<string[]> {
  const found = await firmsModel(connection)
    .find({ action, enrolledOn: { $lte: on }, $or: [{ leftOn: { $exists: false } }, { leftOn: { $gt: on } }] })
    .sort({ siret: 1 })
    .lean();
  return found.map((f) => f.siret);
}
