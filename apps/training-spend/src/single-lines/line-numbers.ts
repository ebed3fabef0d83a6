import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { DURABLE } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';

interface LastReserved {
  readonly _id: string;
  readonly last: number;
}

/** Numbers that a process takes at once; those that it has not given when it ends are given to no line. */
const RESERVED = 100;

/**
 * Numbers of the lines that come one by one, as if they stood in a file. Lines that are decided at the same time, by
 * whichever process, never have the same one; some are left out.
 */
export class LineNumbers {
  readonly #left = new Map<string, { next: number; readonly last: number }>();
  readonly #reserving = new Map<string, Promise<void>>();

  constructor(private readonly connection: mongoose.Connection) {}

  /** The next number in a file; `from` tells those that were given before numbers were reserved. */
  async next(fileId: string, from: () => Promise<number>): Promise<number> {
    for (;;) {
      const left = this.#left.get(fileId);
      if (left && left.next <= left.last) return left.next++;
      const reserving =
        this.#reserving.get(fileId) ?? this.#reserve(fileId, from).finally(() => this.#reserving.delete(fileId));
      this.#reserving.set(fileId, reserving);
      await reserving;
    }
  }

  async #reserve(fileId: string, from: () => Promise<number>): Promise<void> {
    const before = await from();
    const found = await collectionOf<LastReserved>(this.connection, 'line_numbers').findOneAndUpdate(
      { _id: fileId },
      [{ $set: { last: { $add: [{ $max: ['$last', before] }, RESERVED] } } }],
      { upsert: true, returnDocument: 'after', writeConcern: DURABLE },
    );
    const last = found?.last ?? 0;
    this.#left.set(fileId, { next: last - RESERVED + 1, last });
  }
}
