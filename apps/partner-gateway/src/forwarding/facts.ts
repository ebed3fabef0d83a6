import { inProgramme } from '@gpect/domain-values/identifiers';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { modelOf } from '@gpect/service-kit/mongo/model';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import mongoose from 'mongoose';

/** Who has part in a thing: an action (`programme/action`), or a firm's case (`programme/siret`). */
export interface Involved {
  readonly _id: string;
  readonly carriers?: readonly string[];
  /** Every partner of the action. */
  readonly partners?: readonly string[];
  /** Partners of the action that detect firms for it; of a case, those that detected it. */
  readonly detecting?: readonly string[];
  readonly consultants?: readonly string[];
  readonly action?: string;
}

const schema: mongoose.Schema<Involved> = new mongoose.Schema<Involved>(
  { _id: String, carriers: [String], partners: [String], detecting: [String], consultants: [String], action: String },
  { versionKey: false, minimize: true },
);
const INVOLVED = 'involved';
export const FACT_COLLECTIONS = [INVOLVED] as const;
const involvedModel = (connection: mongoose.Connection) => modelOf(connection, INVOLVED, schema);

/** The things that an event is about: its action, its case. */
export function thingsOf({ data }: RecordedEvent): { readonly action?: string; readonly firm?: string } {
  const { programme, action, siret } = data as { programme?: string; action?: string; siret?: string };
  if (!programme) return {};
  return {
    ...(action ? { action: inProgramme(programme, 'actions', action) } : {}),
    ...(siret ? { firm: inProgramme(programme, siret) } : {}),
  };
}

/** The events that say who has part in what. */
export const LEARNT_FROM: ReadonlySet<string> = new Set([
  'fr.gpect.enrolment.collective-action-launched.v1',
  'fr.gpect.enrolment.action-partner-joined.v1',
  'fr.gpect.enrolment.action-partner-left.v1',
  'fr.gpect.enrolment.firm-detected.v1',
  'fr.gpect.enrolment.firm-detected-again.v1',
  'fr.gpect.consulting.assignment-staffed.v1',
]);

/** What an event says of who has part in what. Pure; undefined where it says nothing of that. */
export function learnt(event: RecordedEvent, known: ReadonlyMap<string, Involved>): Involved | undefined {
  const { action, firm } = thingsOf(event);
  const before = (id: string | undefined): Involved => known.get(id ?? '') ?? { _id: id ?? '' };
  switch (event.type) {
    case 'fr.gpect.enrolment.collective-action-launched.v1':
      return { ...before(action), carriers: event.data.carriers.map((c) => c.code) };
    case 'fr.gpect.enrolment.action-partner-joined.v1': {
      const { partner, roles } = event.data;
      const was = before(action);
      return {
        ...was,
        partners: withCode(was.partners, partner),
        detecting: roles.includes('DETECTION') ? withCode(was.detecting, partner) : without(was.detecting, partner),
      };
    }
    case 'fr.gpect.enrolment.action-partner-left.v1': {
      const was = before(action);
      const { partner } = event.data;
      return { ...was, partners: without(was.partners, partner), detecting: without(was.detecting, partner) };
    }
    case 'fr.gpect.enrolment.firm-detected.v1':
    case 'fr.gpect.enrolment.firm-detected-again.v1': {
      const was = before(firm);
      const { detectedBy } = event.data;
      return {
        ...was,
        ...(action ? { action } : {}),
        detecting: detectedBy ? withCode(was.detecting, detectedBy) : (was.detecting ?? []),
      };
    }
    case 'fr.gpect.consulting.assignment-staffed.v1':
      return { ...before(firm), consultants: [event.data.consultant] };
    default:
      return undefined;
  }
}

export async function loadInvolved(
  connection: mongoose.Connection,
  ids: readonly string[],
  session: Session,
): Promise<Map<string, Involved>> {
  const found = await involvedModel(connection)
    .find({ _id: { $in: [...new Set(ids)] } }, null, { session })
    .lean();
  return new Map(found.map((d) => [d._id, d]));
}

export async function keepInvolved(
  connection: mongoose.Connection,
  learntNow: Iterable<Involved>,
  session: Session,
): Promise<void> {
  const operations = [...learntNow].map(({ _id, ...replacement }) => ({
    replaceOne: { filter: { _id }, replacement, upsert: true },
  }));
  if (operations.length > 0) await involvedModel(connection).collection.bulkWrite(operations as never, { session });
}

const without = (codes: readonly string[] = [], code: string) => codes.filter((c) => c !== code);
const withCode = (codes: readonly string[] = [], code: string) => [...without(codes, code), code];
