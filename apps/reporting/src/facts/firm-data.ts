import { nameOfField } from '@gpect/service-kit/mongo/field-names';
import type { FirmDocument, PaymentRecord, SessionRecord } from './documents.js';

/** The days that decide where a firm's spend counts. */
export type FirmDates = Pick<FirmDocument, 'enrolledOn' | 'completedOn'>;

/** Sessions of a firm of one kind on one day: one, or as many as a sum of before holds. */
export interface Session {
  readonly on: string;
  readonly count: number;
  readonly halfDays: number;
  readonly theme?: string;
  /** How many of them each group took part in, by stage (`NONE` where it was not told). */
  readonly participants: readonly (readonly [stage: string, group: string, count: number])[];
}

export interface Payment {
  readonly on: string;
  readonly funder: string;
  readonly scheme: string;
  readonly cents: number;
}

/** All that a firm's facts are made from. */
export interface FirmData {
  readonly firm: Omit<FirmDocument, '_id'>;
  readonly sessions: readonly Session[];
  readonly invitations: readonly { readonly on: string; readonly invited: number; readonly came: number }[];
  readonly payments: readonly Payment[];
  /** Lines of payment by day. */
  readonly paymentLines: readonly { readonly on: string; readonly lines: number }[];
  /** Of the firm, or of the one that it is now where its SIRET moved. */
  readonly dates: FirmDates;
  readonly targetHeadcount: number;
}

/** What is kept by records and by sums of before, in one form. Pure. */
export function firmData(
  firm: Omit<FirmDocument, '_id'>,
  {
    dates,
    targetHeadcount,
    isWhole,
  }: Pick<FirmData, 'dates' | 'targetHeadcount'> & { isWhole(keeper: string): boolean },
): FirmData {
  const paid = isWhole('payments');
  return {
    firm,
    dates,
    targetHeadcount,
    sessions: isWhole('sessions') ? sessionsOf(firm) : sessionSums(firm),
    invitations: isWhole('attendance')
      ? Object.values(firm.invited ?? {}).map(({ on, came }) => ({ on, invited: 1, came: came ? 1 : 0 }))
      : Object.entries(firm.workshops ?? {}).map(([on, w]) => ({ on, invited: w.invited ?? 0, came: w.attended ?? 0 })),
    payments: paid ? paymentsOf(firm) : paymentSums(firm),
    paymentLines: paid
      ? paymentsOf(firm).map(({ on }) => ({ on, lines: 1 }))
      : Object.entries(firm.spendLines ?? {}).map(([on, lines]) => ({ on, lines })),
  };
}

type Firm = FirmData['firm'];

function sessionsOf({ held = {} }: Firm): Session[] {
  return Object.values(held)
    .filter(isHeld)
    .map(({ on, halfDays, theme, stage, participants = [] }) => ({
      on,
      count: 1,
      halfDays,
      ...(theme ? { theme } : {}),
      participants: participants.map((group) => [stage ?? NO_STAGE, group, 1] as const),
    }));
}

const NO_STAGE = 'NONE';

/** A cancelled one has no day. */
const isHeld = (s: SessionRecord): s is SessionRecord & { on: string; halfDays: number } => s.on !== undefined;

function sessionSums({ sessions = {} }: Firm): Session[] {
  return Object.entries(sessions).map(([on, held]) => ({
    on,
    count: held.sessions ?? 0,
    halfDays: held.halfDays ?? 0,
    participants: Object.entries(held.at ?? {}).flatMap(([stage, groups]) =>
      Object.entries(groups).map(([group, count]) => [nameOfField(stage), nameOfField(group), count] as const),
    ),
  }));
}

function paymentsOf({ paid = {} }: Firm): Payment[] {
  return Object.values(paid)
    .filter(isPaid)
    .map(({ on, funder, scheme, cents }) => ({ on, funder, scheme, cents }));
}

const isPaid = (p: PaymentRecord): p is Required<PaymentRecord> => p.on !== undefined;

function paymentSums({ spend = {} }: Firm): Payment[] {
  return Object.entries(spend).flatMap(([on, byFunder]) =>
    Object.entries(byFunder).flatMap(([funder, byScheme]) =>
      Object.entries(byScheme).map(([scheme, cents]) => ({
        on,
        funder: nameOfField(funder),
        scheme: nameOfField(scheme),
        cents,
      })),
    ),
  );
}
