import { isEventType } from '@gpect/contracts/event-contracts';
import type mongoose from 'mongoose';
import type { IncomingMessage } from '../events/cloudevents.js';
import { collectionOf } from '../mongo/connection.js';

interface UnknownType {
  /** `<type> <topic>/<partition>` */
  readonly _id: string;
  readonly type: string;
  readonly partition: string;
  /** Offset of the first event of it that was passed over. */
  readonly first: number;
}

export const UNKNOWN_TYPES = 'inbox_unknown_types';

/** Types that the contracts of a build lack hold up nobody; where each begins is kept, so that it can be read once it is known. */
export class UnknownTypes {
  readonly #noted = new Set<string>();

  constructor(private readonly connection: mongoose.Connection) {}

  /** Before the position moves over it. */
  async note({ topic, partition, offset }: IncomingMessage, type: string): Promise<void> {
    const place = `${topic}/${partition}`;
    const _id = `${type.slice(0, 200)} ${place}`;
    if (this.#noted.has(_id) || this.#noted.size >= MOST) return;
    await this.#collection().updateOne(
      { _id },
      { $setOnInsert: { type: type.slice(0, 200), partition: place }, $min: { first: offset } },
      { upsert: true },
    );
    this.#noted.add(_id);
  }

  /** The types that were passed over and are of no contract still. */
  async types(): Promise<string[]> {
    const types = new Set((await this.#collection().find().sort({ _id: 1 }).toArray()).map(({ type }) => type));
    return [...types].filter((type) => !isEventType(type));
  }

  #collection() {
    return collectionOf<UnknownType>(this.connection, UNKNOWN_TYPES);
  }
}

/** A producer that makes up a type for each event does not fill the database. */
const MOST = 1000;
