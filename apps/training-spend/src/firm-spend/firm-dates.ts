import { inProgramme } from '@gpect/domain-values/identifiers';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';

/** When a firm enrolled and when it completed; its lines are found by SIRET, so it does not matter which came first. */
export interface FirmDates {
  readonly _id: string;
  readonly siret?: string;
  /** The action that it is enrolled in. */
  readonly action?: string;
  readonly enrolledOn?: string;
  readonly completedOn?: string;
}

const COLLECTION = 'enrolled_firms';
export const FIRM_COLLECTIONS = [COLLECTION] as const;

export const FIRM_EVENTS = ['fr.gpect.enrolment.firm-enrolled.v1', 'fr.gpect.enrolment.firm-completed.v1'] as const;

export function firmDatesOf(event: RecordedEvent): FirmDates | undefined {
  if (event.type !== 'fr.gpect.enrolment.firm-enrolled.v1' && event.type !== 'fr.gpect.enrolment.firm-completed.v1')
    return undefined;
  const { programme, action, siret } = event.data;
  const firm = { _id: inProgramme(programme, siret), siret, action };
  return event.type === 'fr.gpect.enrolment.firm-enrolled.v1'
    ? { ...firm, enrolledOn: event.data.enrolledOn }
    : { ...firm, completedOn: event.data.completedOn };
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
): Promise<Pick<FirmDates, 'enrolledOn' | 'completedOn'>> {
  const ids = [...sirets].map((siret) => inProgramme(programme, siret));
  const found = await firms(connection)
    .find({ _id: { $in: ids } })
    .toArray();
  const { _id, siret, action, ...dates } = Object.assign({ _id: '' }, ...found) as FirmDates;
  return dates;
}

/** The firms of every programme that are known under one of these SIRET. */
export async function firmsUnder(
  connection: mongoose.Connection,
  sirets: Iterable<string>,
): Promise<{ readonly programme: string; readonly action: string | undefined }[]> {
  const found = await firms(connection)
    .find({ siret: { $in: [...sirets] } })
    .toArray();
  return found.map(({ _id, action }) => ({ programme: _id.split('/', 1)[0] ?? '', action }));
}

/** Those that were kept before are found by their SIRET too. */
export async function indexFirms(connection: mongoose.Connection): Promise<void> {
  const siret = { $arrayElemAt: [{ $split: ['$_id', '/'] }, 1] };
  await firms(connection).updateMany({ siret: { $exists: false } }, [{ $set: { siret } }]);
  await firms(connection).createIndex({ siret: 1 });
}

function firms(connection: mongoose.Connection) {
  return collectionOf<FirmDates>(connection, COLLECTION);
}
