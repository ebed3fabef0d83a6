import type mongoose from 'mongoose';
import type { Publisher } from '../kafka/kafka.js';
import type { Logger } from '../observability/logger.js';
import { Lease } from './lease.js';
import { type OutboxEntry, outboxOf } from './outbox.js';

/** Entries read at once, and messages published at once at the most (an entry is never split). */
const READ_ENTRIES = 500;
const READ_MESSAGES = 2000;
/** How long an idle relay waits when nothing wakes it: only a safety net under the change stream. */
const IDLE_MS = 2000;

/**
 * Publishes what the transactions left in the outbox, then deletes it: the outbox is the truth, the change stream only
 * wakes the relay. An entry that was published and not yet deleted when the process died is published again under the
 * same event ids; the consumers' inboxes drop it.
 *
 * Order per aggregate: entry n+1 of an aggregate has a higher position than n and commits after it, and each read sees
 * one snapshot from the lowest position on. So whoever sees n+1 sees n too, or n is published already.
 */
export class Relay {
  #stopped = false;
  #wake: () => void = () => undefined;
  #pendingWake = false;
  #running: Promise<void> | undefined;
  #stream: { close(): Promise<void> } | undefined;
  readonly #lease: Lease;

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly publisher: Publisher,
    private readonly logger: Logger,
    private readonly onPublished: (count: number) => void = () => undefined,
  ) {
    this.#lease = new Lease(connection, 'outbox-relay');
  }

  start(): void {
    this.#running = Promise.all([this.#loop(), this.#listen()]).then(() => undefined);
  }

  /** Something was committed: look at once. */
  wake(): void {
    this.#pendingWake = true;
    this.#wake();
  }

  /** Ends after the batch under way, and gives the lease to the other replicas. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#stream?.close().catch(() => undefined);
    await this.#running;
    await this.#lease.release().catch(() => undefined);
  }

  /** Publishes all that is there now; the number of messages. Needs no lease: used where only one can run (tests, bench). */
  async drain(): Promise<number> {
    let total = 0;
    for (;;) {
      const count = await this.#publishSome();
      if (count === 0) return total;
      total += count;
    }
  }

  async #loop(): Promise<void> {
    let renewAt = 0;
    while (!this.#stopped) {
      try {
        if (performance.now() >= renewAt) {
          const mine = await this.#lease.acquire();
          renewAt = performance.now() + 1000;
          if (!mine) {
            await this.#idle(1000);
            continue;
          }
        }
        this.#pendingWake = false;
        if ((await this.#publishSome()) === 0) await this.#idle(IDLE_MS);
      } catch (error) {
        if (this.#stopped) return;
        this.logger.warn({ err: error }, 'the relay could not publish; it tries again');
        renewAt = 0;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  async #publishSome(): Promise<number> {
    const entries = await this.#read();
    if (entries.length === 0) return 0;
    const messages = entries.flatMap((e) => e.messages);
    await this.publisher.publish(messages);
    await outboxOf(this.connection).deleteMany({ _id: { $in: entries.map((e) => e._id) } });
    this.onPublished(messages.length);
    return messages.length;
  }

  /** The lowest entries, as of one instant (a snapshot read: a cursor that yields could see n+1 and miss n). */
  async #read(): Promise<OutboxEntry[]> {
    const session = this.connection.getClient().startSession({ snapshot: true });
    const cursor = outboxOf(this.connection).find({}, { session, sort: { _id: 1 }, batchSize: READ_ENTRIES });
    const entries: OutboxEntry[] = [];
    let messages = 0;
    try {
      for await (const entry of cursor) {
        entries.push(entry);
        messages += entry.messages.length;
        if (messages >= READ_MESSAGES || entries.length >= READ_ENTRIES) break;
      }
      return entries;
    } finally {
      await cursor.close();
      await session.endSession();
    }
  }

  /** Wakes the relay when any replica commits to the outbox. */
  async #listen(): Promise<void> {
    while (!this.#stopped) {
      try {
        const stream = outboxOf(this.connection).watch(
          [{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }],
          { maxAwaitTimeMS: 5000 },
        );
        this.#stream = stream;
        for await (const _ of stream) {
          this.wake();
          if (this.#stopped) return;
        }
      } catch (error) {
        if (this.#stopped) return;
        this.logger.debug({ err: error }, 'the change stream ended; it is opened again');
        this.wake();
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  async #idle(ms: number): Promise<void> {
    if (this.#pendingWake || this.#stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }
}
