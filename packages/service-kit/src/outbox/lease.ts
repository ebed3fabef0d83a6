import { randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { isDuplicateKey, REPEATABLE } from '../mongo/transaction.js';

interface LeaseDocument {
  readonly _id: string;
  readonly owner: string;
  readonly until: Date;
}

/**
 * One of several replicas does the work at a time. A lease that a failover forgets costs a repeat, which the inboxes drop,
 * so it need not be on disk. Times are the database's own, so clocks of the replicas do not matter.
 */
export class Lease {
  readonly #owner = randomUUID();
  #heldUntil = 0;

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly name: string,
    private readonly ttlMs = 5000,
  ) {}

  /** Whether this replica surely still holds the lease, by its own monotonic clock. */
  held(): boolean {
    return performance.now() < this.#heldUntil;
  }

  /** Takes or prolongs the lease; false when another replica has it. */
  async acquire(): Promise<boolean> {
    const asked = performance.now();
    const mine = [{ $set: { owner: this.#owner, until: { $add: ['$$NOW', this.ttlMs] } } }];
    const free = { _id: this.name, $or: [{ owner: this.#owner }, { $expr: { $lt: ['$until', '$$NOW'] } }] };
    const { matchedCount } = await this.#collection().updateOne(free, mine, { writeConcern: REPEATABLE });
    if (matchedCount === 0) {
      try {
        // Nobody's yet: made if it is not there; if it is, it is somebody else's and not yet over.
        await this.#collection().updateOne({ _id: this.name, owner: { $exists: false } }, mine, {
          upsert: true,
          writeConcern: REPEATABLE,
        });
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    }
    this.#heldUntil = asked + this.ttlMs * 0.8;
    return true;
  }

  async release(): Promise<void> {
    this.#heldUntil = 0;
    await this.#collection().deleteOne({ _id: this.name, owner: this.#owner });
  }

  #collection() {
    return collectionOf<LeaseDocument>(this.connection, 'leases');
  }
}
