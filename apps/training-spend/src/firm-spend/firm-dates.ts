import { inProgramme } from '@gpect/domain-values/identifiers';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';

/** When a firm enrolled and when it completed; its lines are found by SIRET, so it does not matter which came first. */
export interface FirmDates {
  readonly _id: string;
  readonly enrolledOn?: string;
  readonly completedOn?: string;
}

const COLLECTION = 'enrolled_firms';
export const FIRM_COLLECTIONS = [COLLECTION] as const;

export const FIRM_EVENTS = ['fr.gpect.enrolment.firm-enrolled.v1', 'fr.gpect.enrolment.firm-completed.v1'] as const;

export function firmDatesOf(event: RecordedEvent): FirmDates | undefined {
  if (event.type === 'fr.gpect.enrolment.firm-enrolled.v1')
    return { _id: inProgramme(event.data.programme, event.data.siret), enrolledOn: event.data.enrolledOn };
  if (event.type === 'fr.gpect.enrolment.firm-completed.v1')
    return { _id: inProgramme(event.data.programme, event.data.siret), completedOn: event.data.completedOn };
  return undefined;
}

export async function keepFirmDates(
  connection: mongoose.Connection,
  changes: readonly FirmDates[],
  session: Session,
): Promise<void> {
  if (changes.length === 0) return;
  await firms(connection).bulkWrite(
    changes.map(({ _id, ...dates }) => ({ updateOne: { filter: { _id }, update: { $set: dates }, upsert: true } })),
    { session },
  );
}

/** The dates of an establishment under any of the SIRET that it had. */
export async function datesOfFirm(
  connection: mongoose.Connection,
  programme: string,
  sirets: Iterable<string>,
): Promise<Omit<FirmDates, '_id'>> {
  const ids = [...sirets].map((siret) => inProgramme(programme, siret));
  const found = await firms(connection)
    .find({ _id: { $in: ids } })
    .toArray();
  const { _id, ...dates } = Object.assign({ _id: '' }, ...found) as FirmDates;
  return dates;
}

function firms(connection: mongoose.Connection) {
  return collectionOf<FirmDates>(connection, COLLECTION);
}
