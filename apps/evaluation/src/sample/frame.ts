import { createHash } from 'node:crypto';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { type Facts, keptAs } from '@gpect/service-kit/inbox/event-handler';
import { modelOf } from '@gpect/service-kit/mongo/model';
import mongoose from 'mongoose';
import type { Wave } from '../questionnaire/questions.js';
import type { Drawable } from './draw.js';

/** What this service knows of a firm that can be drawn. */
interface SurveyedFirm extends Drawable {
  readonly _id: string;
  readonly programme: string;
  readonly enrolledOn: CalendarDate;
  readonly completedOn?: CalendarDate;
}
interface Change {
  readonly id: string;
  readonly set: Partial<Omit<SurveyedFirm, '_id'>>;
}

const schema: mongoose.Schema<SurveyedFirm> = new mongoose.Schema<SurveyedFirm>(
  {
    _id: String,
    programme: String,
    siret: String,
    basin: String,
    headcount: Number,
    enrolledOn: String,
    completedOn: String,
  },
  { versionKey: false },
);
schema.index({ programme: 1, enrolledOn: 1 });
schema.index({ programme: 1, completedOn: 1 });
export const SURVEYED_FIRMS = 'surveyed_firms';

const firmsModel = (connection: mongoose.Connection) => modelOf(connection, SURVEYED_FIRMS, schema);

export async function indexFrame(connection: mongoose.Connection): Promise<void> {
  await firmsModel(connection).createCollection();
  await firmsModel(connection).createIndexes();
}

/** Keeps which firms could be drawn, and from when on. */
export function frameFacts(connection: mongoose.Connection): Facts<Change> {
  return keptAs('frame', 1, {
    types: ['fr.gpect.enrolment.firm-enrolled.v1', 'fr.gpect.enrolment.firm-completed.v1'],
    changesOf,
    apply: async (changes, session) => {
      await firmsModel(connection).bulkWrite(
        changes.map(({ id, set }) => ({
          updateOne: { filter: { _id: id }, update: { $set: set }, upsert: true },
        })),
        { session },
      );
    },
  });
}

function changesOf(event: RecordedEvent): Change[] {
  switch (event.type) {
    case 'fr.gpect.enrolment.firm-enrolled.v1': {
      const { programme, siret, basin, headcount, enrolledOn } = event.data;
      return [{ id: inProgramme(programme, siret), set: { programme, siret, basin, headcount, enrolledOn } }];
    }
    case 'fr.gpect.enrolment.firm-completed.v1': {
      const { programme, siret, completedOn } = event.data;
      return [{ id: inProgramme(programme, siret), set: { programme, siret, completedOn } }];
    }
    default:
      return [];
  }
}

/** The firms of a wave by a day: enrolled by then, or completed by then. By SIRET. */
export async function frameOf(
  connection: mongoose.Connection,
  programme: string,
  wave: Wave,
  on: CalendarDate,
): Promise<Drawable[]> {
  const since = wave === 'BEFORE' ? 'enrolledOn' : 'completedOn';
  const found = await firmsModel(connection)
    .find({ programme, [since]: { $lte: on }, basin: { $exists: true } })
    .sort({ siret: 1 })
    .lean();
  return found.map(({ siret, basin, headcount }) => ({ siret, basin, headcount }));
}

export function hashOf(frame: readonly Drawable[]): string {
  const lines = frame.map((firm) => `${firm.siret}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}
