import type { IncomingMessage } from '@gpect/service-kit/events/cloudevents';
import { printOf } from '@gpect/service-kit/inbox/log-identity';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { keepFor } from '@gpect/service-kit/mongo/expiry';
import { isDuplicateKey } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import { readable } from './readable.js';

/** An event on a partner's topic, at its position: the offset, since such a topic has one partition, behind what its logs before held. */
export interface KeptEvent {
  /** `<partner>/<position in 16 digits>`. */
  readonly _id: string;
  readonly partner: string;
  readonly position: number;
  /** The CloudEvent in structured form, as JSON text: what is signed is what was kept. */
  readonly event: string;
  /** Absent of those that were kept before 2026-11-25. */
  readonly subject?: string;
  /** By what it is known again in another log; absent of those that were kept before 2026-11-26. */
  readonly print?: string;
  readonly at: Date;
}

export const KEPT_EVENTS = 'kept_events';
/** As long as the partners' topics keep them. */
const KEPT_SECONDS = 90 * 24 * 3600;
const DIGITS = 16;

const keptOf = (connection: mongoose.Connection) => collectionOf<KeptEvent>(connection, KEPT_EVENTS);
const keyOf = (partner: string, position: number) => `${partner}/${String(position).padStart(DIGITS, '0')}`;

export async function indexKept(connection: mongoose.Connection): Promise<void> {
  await keepFor(connection, keptOf(connection), KEPT_SECONDS);
  await keptOf(connection).createIndexes([{ key: { partner: 1, position: 1 } }, { key: { partner: 1, print: 1 } }]);
}

/** Keeps them; those that are kept already stay. */
export async function keep(
  connection: mongoose.Connection,
  { partner, base, next }: { readonly partner: string; readonly base: number; readonly next: number },
  messages: readonly IncomingMessage[],
): Promise<void> {
  const at = new Date();
  const before = base === 0 ? new Set() : await keptBefore(connection, partner, base, messages);
  const documents = messages.flatMap((message): KeptEvent[] => {
    const print = printOf(message);
    const position = base + message.offset;
    if (message.offset < next || before.has(print)) return [];
    return [
      {
        _id: keyOf(partner, position),
        partner,
        position,
        event: readable(JSON.stringify(structured(message))),
        ...(message.headers['ce_subject'] ? { subject: message.headers['ce_subject'] } : {}),
        ...(print === undefined ? {} : { print }),
        at,
      },
    ];
  });
  if (documents.length === 0) return;
  try {
    await keptOf(connection).insertMany(documents, { ordered: false });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Of these events, what is kept of the logs before. */
async function keptBefore(
  connection: mongoose.Connection,
  partner: string,
  base: number,
  messages: readonly IncomingMessage[],
): Promise<Set<string | undefined>> {
  const prints = messages.flatMap((message) => printOf(message) ?? []);
  const found = await keptOf(connection)
    .find({ partner, print: { $in: prints }, position: { $lt: base } }, { projection: { print: 1 } })
    .toArray();
  return new Set(found.map(({ print }) => print));
}

/** Notes of events that older releases kept by what they are known again. */
export async function markKept(connection: mongoose.Connection, partner: string): Promise<void> {
  for await (const { _id, event } of keptOf(connection).find({ partner, print: { $exists: false } })) {
    const { source = '', id = '' } = JSON.parse(event) as { source?: string; id?: string };
    const print = id && printOf({ headers: { ce_source: source, ce_id: id }, value: '' });
    if (print) await keptOf(connection).updateOne({ _id }, { $set: { print } });
  }
}

export async function keptFrom(
  connection: mongoose.Connection,
  partner: string,
  position: number,
  limit: number,
): Promise<KeptEvent[]> {
  const found = await keptOf(connection)
    .find({ partner, position: { $gte: position } })
    .sort({ position: 1 })
    .limit(limit)
    .toArray();
  // Those that were kept before text had its rule.
  return found.map((kept) => ({ ...kept, event: readable(kept.event) }));
}

export function subjectOf({ subject, event }: KeptEvent): string {
  return subject ?? String((JSON.parse(event) as { subject?: unknown }).subject ?? '');
}

/** The first event of a subject from a position on, and before another; undefined where there is none. */
export async function firstOfSubject(
  connection: mongoose.Connection,
  partner: string,
  subject: string,
  range: { readonly from: number; readonly before: number },
): Promise<KeptEvent | undefined> {
  const position = { $gte: range.from, $lt: range.before };
  const found = keptOf(connection)
    .find({ partner, position, $or: [{ subject }, { subject: { $exists: false } }] })
    .sort({ position: 1 });
  for await (const kept of found) if (subjectOf(kept) === subject) return { ...kept, event: readable(kept.event) };
  return undefined;
}

/** The position behind the last event that is kept. */
export async function endOf(connection: mongoose.Connection, partner: string): Promise<number> {
  const [last] = await keptOf(connection).find({ partner }).sort({ position: -1 }).limit(1).toArray();
  return last ? last.position + 1 : 0;
}

/** Where each partner's topic is kept up to. */
export async function ends(connection: mongoose.Connection): Promise<Map<string, number>> {
  // One key of the index for each partner (DISTINCT_SCAN), however many events are kept.
  const found = await keptOf(connection)
    .aggregate<{ _id: string; last: number }>([
      { $sort: { partner: -1, position: -1 } },
      { $group: { _id: '$partner', last: { $first: '$position' } } },
    ])
    .toArray();
  return new Map(found.map(({ _id, last }) => [_id, last + 1]));
}

/** CloudEvents 1.0, JSON format: the attributes of the headers, and the data. */
function structured({ headers, value }: IncomingMessage): object {
  const attributes = Object.entries(headers).flatMap(([name, text]) =>
    name.startsWith('ce_') ? [[name.slice(3), text] as const] : [],
  );
  return { ...Object.fromEntries(attributes), ...dataOf(value) };
}

/** What is no JSON is given as it stands: one record keeps no reader waiting. */
function dataOf(value: string): { datacontenttype: string; data: unknown } {
  try {
    return { datacontenttype: 'application/json', data: JSON.parse(value) };
  } catch {
    return { datacontenttype: 'text/plain', data: value };
  }
}
