import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { type Facts, keptAs } from '@gpect/service-kit/inbox/event-handler';
import { modelOf } from '@gpect/service-kit/mongo/model';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import mongoose from 'mongoose';
import type { Partner } from './partner.js';

export const KNOWN_PARTNERS = 'known_partners';
export const PARTNER_TYPES = [
  'fr.gpect.partner-gateway.partner-declared.v1',
  'fr.gpect.partner-gateway.partner-withdrawn.v1',
] as const;

interface KnownPartner {
  readonly _id: string;
  readonly partner: Partner | null;
}

const schema: mongoose.Schema<KnownPartner> = new mongoose.Schema<KnownPartner>(
  { _id: String, partner: mongoose.Schema.Types.Mixed },
  { versionKey: false },
);
const modelFor = (connection: mongoose.Connection) => modelOf(connection, KNOWN_PARTNERS, schema);

/** Keeps who the partners are, beside what else a service does with events. */
export function partnerFacts(connection: mongoose.Connection): Facts<KnownPartner> {
  return keptAs('partners', 1, {
    types: PARTNER_TYPES,
    changesOf: partnersOf,
    apply: (partners, session) => keepPartners(connection, partners, session),
  });
}

export function partnersOf(event: RecordedEvent): KnownPartner[] {
  if (event.type === 'fr.gpect.partner-gateway.partner-declared.v1')
    return [{ _id: event.data.partner, partner: event.data }];
  if (event.type === 'fr.gpect.partner-gateway.partner-withdrawn.v1')
    return [{ _id: event.data.partner, partner: null }];
  return [];
}

export async function keepPartners(
  connection: mongoose.Connection,
  partners: readonly KnownPartner[],
  session: Session,
): Promise<void> {
  if (partners.length === 0) return;
  await modelFor(connection).bulkWrite(
    partners.map(({ _id, partner }) => ({
      updateOne: { filter: { _id }, update: { $set: { partner } }, upsert: true },
    })),
    { session },
  );
}

/** Undefined of a partner that nobody declared, or that takes part no more. */
export async function findPartner(connection: mongoose.Connection, code: string): Promise<Partner | undefined> {
  return (await modelFor(connection).findById(code).lean())?.partner ?? undefined;
}

/** Those that take part now, in the order of their codes. */
export async function allPartners(connection: mongoose.Connection, session?: Session): Promise<Partner[]> {
  const found = await modelFor(connection)
    .find({ partner: { $ne: null } }, null, session ? { session } : {})
    .sort({ _id: 1 })
    .lean();
  return found.flatMap(({ partner }) => (partner ? [partner] : []));
}
