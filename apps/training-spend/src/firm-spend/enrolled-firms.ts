import { inProgramme } from '@gpect/domain-values/identifiers';
import type { Projection } from '@gpect/service-kit/inbox/event-handler';
import { modelOf } from '@gpect/service-kit/mongo/model';
import mongoose from 'mongoose';

interface EnrolledFirm {
  readonly _id: string;
  readonly enrolledOn: string;
}

const schema: mongoose.Schema<EnrolledFirm> = new mongoose.Schema<EnrolledFirm>(
  { _id: String, enrolledOn: String },
  { versionKey: false },
);
const model = (connection: mongoose.Connection) => modelOf(connection, 'enrolled_firms', schema);

export async function indexEnrolledFirms(connection: mongoose.Connection): Promise<void> {
  await model(connection).createCollection();
}

export async function enrolmentDate(
  connection: mongoose.Connection,
  programme: string,
  siret: string,
): Promise<string | undefined> {
  return (await model(connection).findById(inProgramme(programme, siret)).lean())?.enrolledOn;
}

/** Which firms are enrolled: their lines are found by SIRET, so it does not matter whether a line or the enrolment came first. */
export function enrolledFirms(connection: mongoose.Connection): Projection<EnrolledFirm> {
  return {
    kind: 'projection',
    types: ['fr.gpect.enrolment.firm-enrolled.v1'],
    changesOf: (event) =>
      event.type === 'fr.gpect.enrolment.firm-enrolled.v1'
        ? [{ _id: inProgramme(event.data.programme, event.data.siret), enrolledOn: event.data.enrolledOn }]
        : [],
    apply: async (changes, session) => {
      if (changes.length === 0) return;
      const operations = changes.map(({ _id, enrolledOn }) => ({
        updateOne: { filter: { _id }, update: { $set: { enrolledOn } }, upsert: true },
      }));
      await model(connection).bulkWrite(operations, { session });
    },
  };
}
