import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { keepFor } from '@gpect/service-kit/mongo/expiry';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import { appendToOutbox, toEntries } from '@gpect/service-kit/outbox/outbox';
import type { Position } from '@gpect/service-kit/outbox/position';
import type mongoose from 'mongoose';

/** Behind which entry of the outbox the last event of an aggregate stands. */
interface Told {
  /** Its source and its subject. */
  readonly _id: string;
  readonly position: Position;
  readonly at: Date;
}

export const TOLD = 'told';
/** What was told longer ago is published, or set aside with all that follows, and no clock is so far off. */
const KEPT_SECONDS = 30 * 24 * 3600;

const toldOf = (connection: mongoose.Connection) => collectionOf<Told>(connection, TOLD);

export async function indexTold(connection: mongoose.Connection): Promise<void> {
  await keepFor(connection, toldOf(connection), KEPT_SECONDS);
}

const aggregateOf = ({ headers, key }: OutgoingMessage): string => `${headers['ce_source'] ?? ''}\n${key}`;

/**
 * Puts messages into the outbox behind what was told of the same aggregates before, by whichever replica: a position is an
 * instant of the clock of who writes it, and clocks differ.
 */
export async function tellInOrder(
  connection: mongoose.Connection,
  messages: readonly OutgoingMessage[],
  session: Session,
): Promise<void> {
  if (messages.length === 0) return;
  const aggregates = [...new Set(messages.map(aggregateOf))];
  const before = await toldOf(connection)
    .find({ _id: { $in: aggregates } }, { session })
    .toArray();
  const entries = toEntries(
    messages,
    before.map(({ position }) => position),
  );
  await appendToOutbox(connection, entries, session);
  const position = entries.at(-1)?._id ?? '';
  await toldOf(connection).bulkWrite(
    aggregates.map((_id) => ({
      updateOne: { filter: { _id }, update: { $set: { position, at: new Date() } }, upsert: true },
    })),
    { session, ordered: false },
  );
}
