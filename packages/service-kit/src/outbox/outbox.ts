import type mongoose from 'mongoose';
import type { OutgoingMessage } from '../events/cloudevents.js';
import { MOST_BATCH_BYTES, sizeOf } from '../kafka/size.js';
import { collectionOf } from '../mongo/connection.js';
import type { Session } from '../mongo/transaction.js';
import { nextPosition, type Position } from './position.js';

/**
 * What one transaction has to say, in its order. One entry holds the events of a whole commit (an import's batch is one
 * entry), so that writing, reading and deleting cost by the commit and not by the event.
 */
export interface OutboxEntry {
  readonly _id: Position;
  readonly messages: readonly KeptMessage[];
}

/** A message as it is kept: its headers are one string, which costs a fraction of a document to write and to read. */
export type KeptMessage = Omit<OutgoingMessage, 'headers'> & { readonly headers: string };

/** Messages of one entry at most, and MOST_BATCH_BYTES; a larger commit is several entries, in order. */
const ENTRY_MESSAGES = 500;

export function outboxOf(connection: mongoose.Connection): mongoose.mongo.Collection<OutboxEntry> {
  return collectionOf<OutboxEntry>(connection, 'outbox');
}

/** The entries for these messages, above every position in `after`. Pure but for the clock. */
export function toEntries(messages: readonly OutgoingMessage[], after: Iterable<Position | undefined>): OutboxEntry[] {
  const floor = [...after];
  const parts: OutgoingMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = sizeOf(message);
    const last = parts.at(-1);
    bytes += size;
    if (last && last.length < ENTRY_MESSAGES && bytes <= MOST_BATCH_BYTES) last.push(message);
    else {
      parts.push([message]);
      bytes = size;
    }
  }
  return parts.map((part) => ({ _id: nextPosition(floor), messages: part.map(toKept) }));
}

/** Writes the entries inside the caller's transaction: state and events are committed together or not at all. */
export async function appendToOutbox(
  connection: mongoose.Connection,
  entries: readonly OutboxEntry[],
  session: Session,
): Promise<void> {
  if (entries.length > 0) await outboxOf(connection).insertMany([...entries], { session });
}

export function toKept({ topic, key, headers, value }: OutgoingMessage): KeptMessage {
  return { topic, key, headers: JSON.stringify(headers), value };
}

/** The messages of an entry, as they go to Kafka. */
export function messagesOf({ messages }: OutboxEntry): OutgoingMessage[] {
  return messages.map(fromKept);
}

export function fromKept({ topic, key, headers, value }: KeptMessage): OutgoingMessage {
  return { topic, key, headers: JSON.parse(headers), value };
}
