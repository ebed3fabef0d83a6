import type mongoose from 'mongoose';
import { type IncomingMessage, type OutgoingMessage, placeOf } from '../events/cloudevents.js';
import { collectionOf } from '../mongo/connection.js';
import type { Session } from '../mongo/transaction.js';

/** An event that could not be taken, kept whole with its reason until it is replayed. */
export interface ParkedEvent {
  readonly _id: string;
  /** What keeps its order: the aggregate that it is about. */
  readonly orderKey: string;
  readonly message: IncomingMessage;
  readonly reason: string;
  readonly parkedAt: Date;
}

export const BEHIND_PARKED = 'an earlier event of the same aggregate is parked; this one keeps its place behind it';

/** Events of one aggregate stay in order even when one of them is parked: the later ones are parked behind it. */
export function orderKeyOf(message: IncomingMessage): string {
  const subject = message.headers['ce_subject'] ?? message.key;
  // What names no aggregate has nothing behind it.
  return `${message.topic} ${subject === '' ? placeOf(message) : subject}`;
}

export function toParked(message: IncomingMessage, reason: string, parkedAt: Date): ParkedEvent {
  const _id = `${message.topic}/${message.partition}/${String(message.offset).padStart(16, '0')}`;
  return { _id, orderKey: orderKeyOf(message), message, reason: reason.slice(0, 4000), parkedAt };
}

/** The copy for the dead-letter topic: the event as it came, and why it is there. */
export function toDeadLetter(consumer: string, parked: ParkedEvent): OutgoingMessage {
  const { message, reason } = parked;
  return {
    topic: `gpect.${consumer}.dead-letter`,
    key: message.key,
    value: message.value,
    headers: {
      ...message.headers,
      dl_reason: reason,
      dl_topic: message.topic,
      dl_partition: String(message.partition),
      dl_offset: String(message.offset),
    },
  };
}

export class ParkedEvents {
  constructor(private readonly connection: mongoose.Connection) {}

  async ensureIndexes(): Promise<void> {
    await this.#collection().createIndex({ orderKey: 1 });
  }

  /** Whether anything of this topic is parked. Only the reader of a partition parks its events, so it asks once. */
  async any(topic: string): Promise<boolean> {
    return (await this.#collection().findOne({ 'message.topic': topic }, { projection: { _id: 1 } })) !== null;
  }

  /** Which of these aggregates have a parked event. */
  async among(orderKeys: readonly string[]): Promise<Set<string>> {
    const found = await this.#collection()
      .find({ orderKey: { $in: [...new Set(orderKeys)] } }, { projection: { orderKey: 1 } })
      .toArray();
    return new Set(found.map((d) => d.orderKey));
  }

  async park(events: readonly ParkedEvent[], session: Session): Promise<void> {
    if (events.length > 0) await this.#collection().insertMany([...events], { session });
  }

  async remove(id: string, session: Session): Promise<void> {
    await this.#collection().deleteOne({ _id: id }, { session });
  }

  /** In their order: topic, partition, offset. */
  async list(limit = 1000): Promise<ParkedEvent[]> {
    return this.#collection().find().sort({ _id: 1 }).limit(limit).toArray();
  }

  async ids(): Promise<string[]> {
    return (
      await this.#collection()
        .find({}, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .toArray()
    ).map((d) => d._id);
  }

  async get(id: string): Promise<ParkedEvent | null> {
    return this.#collection().findOne({ _id: id });
  }

  async count(): Promise<number> {
    return this.#collection().estimatedDocumentCount();
  }

  #collection() {
    return collectionOf<ParkedEvent>(this.connection, 'parked_events');
  }
}
