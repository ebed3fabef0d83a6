import type mongoose from 'mongoose';
import { type OutboxEntry, outboxOf } from './outbox.js';
import type { Position } from './position.js';

/** Entries, messages and bytes read at once at the most. */
const READ_ENTRIES = 500;
const READ_MESSAGES = 2000;
const READ_BYTES = 2_000_000;
/** What was committed to the majority: nothing is published that a failover could take back. */
export const LOWEST_FIRST = { sort: { _id: 1 }, readConcern: { level: 'majority' } } as const;

/**
 * Order per aggregate: entry n+1 of an aggregate has a higher position than n and commits after it. Entries are read
 * from the lowest position on; then the positions below the last one are looked at again. Whatever had committed before
 * an entry that was read is in the first look or in the second: an entry that only the second sees came in between, and
 * the read is made anew.
 */
export class OutboxReader {
  /** Of the entries read last: large ones are fetched a few at a time. */
  #bytesPerEntry = 1000;

  constructor(private readonly connection: mongoose.Connection) {}

  /** The lowest entries but those under way, complete up to the last of them. */
  async read(underWay: readonly Position[]): Promise<{ entries: OutboxEntry[]; full: boolean }> {
    // First behind what is under way (its entries are not decoded again); should a lower one have come meanwhile, from the start.
    let filter: object = underWay.length > 0 ? { _id: { $gt: underWay.at(-1), $nin: underWay } } : {};
    for (;;) {
      const { entries, full } = await this.#some(filter);
      const last = entries.at(-1)?._id;
      if (last === undefined) return { entries, full };
      const known = new Set([...underWay, ...entries.map(({ _id }) => _id)]);
      const below = await outboxOf(this.connection)
        .find({ _id: { $lte: last } }, { ...LOWEST_FIRST, projection: { _id: 1 } })
        .toArray();
      if (below.every(({ _id }) => known.has(_id))) return { entries, full };
      filter = { _id: { $nin: underWay } };
    }
  }

  async #some(filter: object): Promise<{ entries: OutboxEntry[]; full: boolean }> {
    const entries: OutboxEntry[] = [];
    let messages = 0;
    let bytes = 0;
    let full = false;
    const batchSize = Math.min(READ_ENTRIES, Math.max(2, Math.ceil(READ_BYTES / this.#bytesPerEntry)));
    const cursor = outboxOf(this.connection).find(filter, { ...LOWEST_FIRST, batchSize });
    for await (const entry of cursor) {
      entries.push(entry);
      messages += entry.messages.length;
      for (const { value, headers } of entry.messages) bytes += value.length + headers.length;
      full = messages >= READ_MESSAGES || entries.length >= READ_ENTRIES || bytes >= READ_BYTES;
      if (full) break;
    }
    await cursor.close();
    if (entries.length > 0) this.#bytesPerEntry = bytes / entries.length;
    return { entries, full };
  }
}
