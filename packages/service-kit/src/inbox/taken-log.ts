import mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { inTransaction, REPEATABLE, type Session } from '../mongo/transaction.js';
import { HASH_BYTES, type Line } from './lines.js';
import { marksOf } from './older-marks.js';

/** Events taken in one batch, or in many that were put together since: 26 bytes each, in no order. */
interface SegmentDocument {
  readonly _id: mongoose.mongo.ObjectId;
  readonly partition: string;
  readonly events: mongoose.mongo.Binary;
}

/** What an event is beside those that were taken before it. */
export type Outcome =
  /** Above the last one of its aggregate: the usual case. */
  | 'next'
  /** Taken before. */
  | 'repeated'
  /** Another event stood at its place: the owner says its history anew. */
  | 'forked'
  /** Below the last one that was taken of its aggregate, and itself never taken. */
  | 'overtaken';

const PLACE_BYTES = HASH_BYTES + 4;
const OFFSET_AT = PLACE_BYTES + HASH_BYTES;
const BYTES = OFFSET_AT + 6;
/** Small documents before they are put together, and events of one document at the most (about 1.3 MB). */
const LOOSE = 128;
const SEGMENT = 50_000;

/**
 * Every event that was taken of one partition, for ever: by source, subject and sequence, with its id. Appended in the
 * transaction of the effect, one document a batch. In memory is the last sequence of each aggregate alone: an event above
 * it costs no look-up. Only what is not above it (a repeat, a fork, an event out of order) is looked for in the log.
 */
export class TakenLog {
  readonly #last = new Map<string, number>();
  #loose: { readonly _id: mongoose.mongo.ObjectId; readonly count: number }[] = [];
  #fresh: readonly Line[] = [];
  #freshId: mongoose.mongo.ObjectId | undefined;

  private constructor(
    private readonly connection: mongoose.Connection,
    private readonly partition: string,
  ) {}

  static async load(connection: mongoose.Connection, partition: string): Promise<TakenLog> {
    const log = new TakenLog(connection, partition);
    await log.#eachSegment(({ _id }, bytes) => {
      const count = bytes.length / BYTES;
      if (count < SEGMENT) log.#loose.push({ _id, count });
      keepLasts(bytes, log.#last);
    });
    return log;
  }

  /** Says of each event of a batch what it is, and marks those that are not repeated as taken in the batch under way. */
  async take(batch: readonly Line[]): Promise<Outcome[]> {
    const known = await this.#lookUp(this.#notAbove(batch));
    const last = new Map<string, number>();
    const fresh: Line[] = [];
    const outcomes = batch.map((line): Outcome => {
      const { key, sequence, id } = line;
      const place = placeOf(line);
      const ids = known.get(place);
      const before = last.get(key) ?? this.#last.get(key) ?? 0;
      const outcome = sequence > before ? 'next' : !ids?.size ? 'overtaken' : ids.has(id) ? 'repeated' : 'forked';
      if (outcome !== 'repeated') {
        fresh.push(line);
        ids?.add(id);
      }
      if (outcome === 'next') last.set(key, sequence);
      return outcome;
    });
    this.#fresh = fresh;
    return outcomes;
  }

  /** Forgets the batch under way: its transaction did not commit. */
  rollback(): void {
    this.#fresh = [];
  }

  /** Appends the batch to the log in the caller's transaction. */
  async write(session: Session): Promise<void> {
    if (this.#fresh.length === 0) return;
    const bytes = Buffer.allocUnsafe(this.#fresh.length * BYTES);
    this.#fresh.forEach(({ key, sequence, id, offset }, i) => {
      const at = i * BYTES;
      bytes.write(key, at, HASH_BYTES, 'latin1');
      bytes.writeUInt32BE(sequence, at + HASH_BYTES);
      bytes.write(id, at + PLACE_BYTES, HASH_BYTES, 'latin1');
      bytes.writeUIntBE(offset, at + OFFSET_AT, 6);
    });
    this.#freshId = new mongoose.mongo.ObjectId();
    await logOf(this.connection).insertOne(
      { _id: this.#freshId, partition: this.partition, events: new mongoose.mongo.Binary(bytes) },
      { session },
    );
  }

  /** The transaction committed. Now and then small documents are put together. */
  async committed(): Promise<void> {
    for (const { key, sequence } of this.#fresh)
      if (sequence > (this.#last.get(key) ?? 0)) this.#last.set(key, sequence);
    if (this.#freshId) this.#loose.push({ _id: this.#freshId, count: this.#fresh.length });
    this.#freshId = undefined;
    this.#fresh = [];
    if (this.#loose.length >= LOOSE) await this.#putTogether();
  }

  /** The last sequence of each aggregate among what was taken below an offset. */
  async lastBelow(offset: number): Promise<Map<string, number>> {
    const last = new Map<string, number>();
    if (offset === 0) return last;
    await this.#eachSegment((_segment, bytes) => keepLasts(bytes, last, offset));
    return last;
  }

  /** Of events of the past, the offsets of those that took effect elsewhere: they repeat what was taken there. */
  async takenElsewhere(events: readonly Line[]): Promise<Set<number>> {
    const elsewhere = new Set<number>();
    if (events.length === 0) return elsewhere;
    const nameOf = (line: Line) => placeOf(line) + line.id;
    const here = new Map<string, number[]>();
    for (const line of events) here.set(nameOf(line), [...(here.get(nameOf(line)) ?? []), line.offset]);
    await this.#eachSegment((_segment, bytes) => {
      for (let at = 0; at < bytes.length; at += BYTES)
        for (const offset of here.get(bytes.toString('latin1', at, at + OFFSET_AT)) ?? [])
          if (offset !== bytes.readUIntBE(at + OFFSET_AT, 6)) elsewhere.add(offset);
    });
    return elsewhere;
  }

  /** Places in a batch that are not above the last one of their aggregate. */
  #notAbove(batch: readonly Line[]): Set<string> {
    const last = new Map<string, number>();
    const places = new Set<string>();
    for (const line of batch) {
      const before = last.get(line.key) ?? this.#last.get(line.key) ?? 0;
      if (line.sequence > before) last.set(line.key, line.sequence);
      else places.add(placeOf(line));
    }
    return places;
  }

  /** The ids that were taken at these places. */
  async #lookUp(places: ReadonlySet<string>): Promise<Map<string, Set<string>>> {
    const found = new Map<string, Set<string>>();
    if (places.size === 0) return found;
    for (const place of places) found.set(place, new Set());
    await this.#eachSegment((_segment, bytes) => {
      for (let at = 0; at < bytes.length; at += BYTES)
        found
          .get(bytes.toString('latin1', at, at + PLACE_BYTES))
          ?.add(bytes.toString('latin1', at + PLACE_BYTES, at + OFFSET_AT));
    });
    return found;
  }

  /** All of one instant: another reader, which does not yet know that it lost the partition, may be putting some together. */
  async #eachSegment(look: (segment: SegmentDocument, bytes: Buffer) => void): Promise<void> {
    const session = this.connection.getClient().startSession();
    try {
      session.startTransaction({ readConcern: { level: 'snapshot' } });
      for await (const segment of logOf(this.connection).find({ partition: this.partition }, { session }))
        look(segment, bytesOf(segment));
      await session.commitTransaction();
    } finally {
      await session.endSession();
    }
  }

  /** Nothing is lost should it fail or be met by another: all of it is one transaction, and may be done later. */
  async #putTogether(): Promise<void> {
    const loose = this.#loose;
    this.#loose = [];
    const left: typeof loose = [];
    try {
      await inTransaction(
        this.connection,
        async (session) => {
          left.length = 0;
          const _id = { $in: loose.map((one) => one._id) };
          const segments = await logOf(this.connection).find({ _id }, { session }).toArray();
          const { deletedCount } = await logOf(this.connection).deleteMany({ _id }, { session });
          if (deletedCount !== loose.length) return;
          const all = Buffer.concat(segments.map(bytesOf));
          const together: SegmentDocument[] = [];
          for (let at = 0; at < all.length; at += SEGMENT * BYTES) {
            const events = all.subarray(at, at + SEGMENT * BYTES);
            const document = {
              _id: new mongoose.mongo.ObjectId(),
              partition: this.partition,
              events: new mongoose.mongo.Binary(events),
            };
            together.push(document);
            if (events.length < SEGMENT * BYTES) left.push({ _id: document._id, count: events.length / BYTES });
          }
          await logOf(this.connection).insertMany(together, { session });
        },
        REPEATABLE,
      );
      this.#loose = left;
    } catch {
      // The documents are as they were; another batch tries again.
      this.#loose = loose.slice(0, LOOSE / 2);
    }
  }
}

/** The last sequence of each aggregate among the events of a document that were taken below an offset. */
function keepLasts(bytes: Buffer, last: Map<string, number>, below = Number.POSITIVE_INFINITY): void {
  for (let at = 0; at < bytes.length; at += BYTES) {
    if (bytes.readUIntBE(at + OFFSET_AT, 6) >= below) continue;
    const key = bytes.toString('latin1', at, at + HASH_BYTES);
    const sequence = bytes.readUInt32BE(at + HASH_BYTES);
    if (sequence > (last.get(key) ?? 0)) last.set(key, sequence);
  }
}

/** What a log's documents hold, in bytes and events. */
function bytesOf({ events }: SegmentDocument): Buffer {
  return Buffer.from(events.buffer.buffer, events.buffer.byteOffset, events.length());
}

function placeOf({ key, sequence }: Line): string {
  return key + String.fromCharCode(sequence >>> 24, (sequence >>> 16) & 0xff, (sequence >>> 8) & 0xff, sequence & 0xff);
}

export async function ensureInboxIndexes(connection: mongoose.Connection): Promise<void> {
  await logOf(connection).createIndex({ partition: 1 });
  await marksOf(connection).createIndex({ partition: 1, next: 1 });
}

export const TAKEN_LOG = 'inbox_log';

export function logOf(connection: mongoose.Connection) {
  return collectionOf<SegmentDocument>(connection, TAKEN_LOG);
}
