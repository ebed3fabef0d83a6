import { hash } from 'node:crypto';
import { dictionary } from '@gpect/domain-values/records';
import type mongoose from 'mongoose';
import { type IncomingMessage, type OutgoingMessage, placeOf } from '../events/cloudevents.js';
import { collectionOf } from '../mongo/connection.js';
import { fieldName, nameOfField } from '../mongo/field-names.js';
import type { Session } from '../mongo/transaction.js';

/** An event that could not be taken, kept whole with its reason until it is replayed. */
export interface ParkedEvent {
  readonly _id: string;
  /** What keeps its order: the aggregate that it is about. */
  readonly orderKey: string;
  readonly message: IncomingMessage;
  readonly reason: string;
  readonly parkedAt: Date;
  /** Its owner's order of events is broken: taken again only when somebody names it. `newer`: taken by a newer release. */
  readonly held?: 'forked' | 'overtaken' | 'newer';
}

export const BEHIND_PARKED = 'an earlier event of the same aggregate is parked; this one keeps its place behind it';

/** Characters of a subject that are looked up as they are. */
const LONGEST = 500;

/** Events of one aggregate stay in order even when one of them is parked: the later ones are parked behind it. */
export function orderKeyOf(message: IncomingMessage): string {
  const subject = message.headers['ce_subject'] ?? message.key;
  // What names no aggregate has nothing behind it.
  if (subject === '') return `${message.topic} ${placeOf(message)}`;
  return `${message.topic} ${subject.length <= LONGEST ? subject : hash('sha256', subject)}`;
}

export function toParked(
  message: IncomingMessage,
  reason: string,
  parkedAt: Date,
  held?: ParkedEvent['held'],
): ParkedEvent {
  return {
    _id: parkedIdOf(message),
    orderKey: orderKeyOf(message),
    message,
    reason: reason.slice(0, 4000),
    parkedAt,
    ...(held ? { held } : {}),
  };
}

export const parkedIdOf = ({ topic, partition, offset }: Pick<IncomingMessage, 'topic' | 'partition' | 'offset'>) =>
  `${topic}/${partition}/${String(offset).padStart(16, '0')}`;

/** The copy for the dead-letter topic: the event as it came, and why it is there. */
export function toDeadLetter(consumer: string, parked: ParkedEvent): OutgoingMessage {
  const { message, reason } = parked;
  const whole = sizeOf(message) <= COPY_BYTES;
  return {
    topic: `gpect.${consumer}.dead-letter`,
    key: whole ? message.key : '',
    value: whole ? message.value : '',
    headers: {
      ...(whole ? message.headers : { dl_whole: 'no, it is too large: read it where it was' }),
      dl_reason: reason,
      dl_topic: message.topic,
      dl_partition: String(message.partition),
      dl_offset: String(message.offset),
    },
  };
}

/** A record that is nearly as large as a topic takes has no room for why it is there. */
const COPY_BYTES = 2_000_000;

function sizeOf({ key, value, headers }: IncomingMessage): number {
  return [key, value, ...Object.entries(headers).flat()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** Any name may be that of a header, and not every name that of a field. */
function renamed(event: ParkedEvent, name: (of: string) => string): ParkedEvent {
  const headers = dictionary<string>();
  for (const [header, value] of Object.entries(event.message.headers)) headers[name(header)] = value;
  return { ...event, message: { ...event.message, headers } };
}

const toStored = (event: ParkedEvent) => renamed(event, fieldName);
const fromStored = (event: ParkedEvent) => renamed(event, nameOfField);

export class ParkedEvents {
  constructor(private readonly connection: mongoose.Connection) {}

  async ensureIndexes(): Promise<void> {
    await this.#collection().createIndex({ orderKey: 1 });
    await this.#collection().createIndex({ held: 1 }, { sparse: true });
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

  /** Which of these are parked themselves. */
  async which(ids: readonly string[]): Promise<Set<string>> {
    const found = await this.#collection()
      .find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } })
      .toArray();
    return new Set(found.map(({ _id }) => _id));
  }

  async park(events: readonly ParkedEvent[], session: Session): Promise<void> {
    if (events.length > 0) await this.#collection().insertMany(events.map(toStored), { session });
  }

  /** @throws where another took it meanwhile: it takes effect once */
  async remove(id: string, session: Session): Promise<void> {
    const { deletedCount } = await this.#collection().deleteOne({ _id: id }, { session });
    if (deletedCount !== 1) throw new Error(`${id} is parked no more: another took it`);
  }

  /** Those that are meant, in their order (topic, partition, offset): the first of them, however many others there are. */
  async list(meant: (event: ParkedEvent) => boolean = () => true, limit = 1000): Promise<ParkedEvent[]> {
    const found: ParkedEvent[] = [];
    for await (const stored of this.#collection().find().sort({ _id: 1 })) {
      const event = fromStored(stored);
      if (meant(event)) found.push(event);
      if (found.length === limit) break;
    }
    return found;
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
    const found = await this.#collection().findOne({ _id: id });
    return found && fromStored(found);
  }

  /** Aggregates whose order of events is broken, some of them. */
  async held(): Promise<string[]> {
    const found = await this.#collection()
      .find({ held: { $in: ['forked', 'overtaken'] } }, { projection: { orderKey: 1 } })
      .limit(20)
      .toArray();
    return [...new Set(found.map((d) => d.orderKey))];
  }

  /** How many are parked for their own sake, or behind one that is: until somebody has seen to them. */
  countPlain(): Promise<number> {
    return this.#collection().countDocuments({ held: { $exists: false } });
  }

  /** Events of newer releases, in their order. */
  async newer(): Promise<ParkedEvent[]> {
    return (await this.#collection().find({ held: 'newer' }).sort({ _id: 1 }).toArray()).map(fromStored);
  }

  async newerTypes(): Promise<string[]> {
    const types = await this.#collection().distinct('message.headers.ce_type', { held: 'newer' });
    return types.map(String).sort();
  }

  countNewer(): Promise<number> {
    return this.#collection().countDocuments({ held: 'newer' });
  }

  /** Ids of what is parked of an aggregate, in their order. */
  async idsOf(orderKey: string): Promise<string[]> {
    const found = this.#collection()
      .find({ orderKey }, { projection: { _id: 1 } })
      .sort({ _id: 1 });
    return (await found.toArray()).map((d) => d._id);
  }

  async count(): Promise<number> {
    return this.#collection().estimatedDocumentCount();
  }

  #collection() {
    return collectionOf<ParkedEvent>(this.connection, 'parked_events');
  }
}
