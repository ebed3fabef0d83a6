import type mongoose from 'mongoose';
import type { OutgoingMessage } from '../events/cloudevents.js';
import type { Publisher } from '../kafka/kafka.js';
import type { Logger } from '../observability/logger.js';
import { Lease } from './lease.js';
import { messagesOf, type OutboxEntry, outboxOf } from './outbox.js';
import type { Position } from './position.js';

/** Entries read at once, and messages and characters published at once at the most (an entry is never split). */
const READ_ENTRIES = 500;
const READ_MESSAGES = 2000;
const READ_CHARACTERS = 2_000_000;
/** What was committed to the majority: nothing is published that a failover could take back. */
const LOWEST_FIRST = { sort: { _id: 1 }, readConcern: { level: 'majority' } } as const;
/** How long an idle relay waits when nothing wakes it: only a safety net under the change stream. */
const IDLE_MS = 2000;
/** How often the lease is prolonged, and how long one that was refused it waits to ask again; well below its term. */
const RENEW_MS = 1000;

/**
 * Publishes what the transactions left in the outbox, then deletes it: the outbox is the truth, the change stream only
 * wakes the relay. An entry that was published and not yet deleted when the process died is published again under the
 * same event ids; the consumers' inboxes drop it.
 *
 * Order per aggregate: entry n+1 of an aggregate has a higher position than n and commits after it. Entries are read
 * from the lowest position on; then the positions below the last one are looked at again. Whatever had committed before
 * an entry that was read is in the first look or in the second: an entry that only the second sees came in between, and
 * the read is made anew. While a batch is on its way to the brokers, the next one is read and the one before is deleted.
 */
export class Relay {
  #stopped = false;
  #wake: () => void = () => undefined;
  #pendingWake = false;
  #running: Promise<void> | undefined;
  #stream: { close(): Promise<void> } | undefined;
  /** Of the entries read last: large ones are fetched a few at a time. */
  #charactersPerEntry = 1000;
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
    return this.#publishAll(async () => true);
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (!(await this.#holdsLease())) {
          await this.#standBy();
          continue;
        }
        this.#pendingWake = false;
        const count = await this.#publishAll(() => this.#holdsLease());
        if (count === 0) await this.#idle(IDLE_MS);
      } catch (error) {
        if (this.#stopped) return;
        this.logger.warn({ err: error }, 'the relay could not publish; it tries again');
        this.#renewAt = 0;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  #renewAt = 0;

  /** Whether this replica may publish now: asked before every batch, since it may have slept since the last. */
  async #holdsLease(): Promise<boolean> {
    if (this.#stopped) return false;
    if (this.#lease.held() && performance.now() < this.#renewAt) return true;
    const mine = await this.#lease.acquire();
    this.#renewAt = mine ? performance.now() + RENEW_MS : 0;
    return mine && this.#lease.held();
  }

  /** Another replica publishes: what is committed meanwhile is its work, and wakes this one in vain. */
  async #standBy(): Promise<void> {
    for (const until = performance.now() + RENEW_MS; !this.#stopped; ) {
      const rest = until - performance.now();
      if (rest <= 0) return;
      this.#pendingWake = false;
      await this.#idle(rest);
    }
  }

  /** Publishes batch after batch; ends when nothing is left or it may not go on. */
  async #publishAll(mayGoOn: () => Promise<boolean>): Promise<number> {
    let total = 0;
    let before: readonly Position[] = [];
    let deleting: Promise<unknown> = Promise.resolve();
    let batch = await this.#read([]);
    while (batch.length > 0 && (await mayGoOn())) {
      const ids = batch.map((e) => e._id);
      const messages = batch.flatMap(messagesOf);
      // Only a full batch has surely more behind it; looking costs the one event that somebody waits for.
      const more = messages.length >= READ_MESSAGES || batch.length >= READ_ENTRIES || isLarge(messages);
      const [next] = await Promise.all([
        more ? this.#read([...before, ...ids]) : [],
        this.publisher.publish(messages),
        deleting,
      ]);
      deleting = outboxOf(this.connection).deleteMany({ _id: { $in: ids } });
      this.onPublished(messages.length);
      total += messages.length;
      before = ids;
      batch = next;
    }
    await deleting;
    return total;
  }

  /** The lowest entries but those under way, complete up to the last of them (see above). */
  async #read(underWay: readonly Position[]): Promise<OutboxEntry[]> {
    // First behind what is under way (its entries are not decoded again); should a lower one have come meanwhile, from the start.
    let filter: object = underWay.length > 0 ? { _id: { $gt: underWay.at(-1), $nin: underWay } } : {};
    for (;;) {
      const known = new Set(underWay);
      const entries: OutboxEntry[] = [];
      let messages = 0;
      let characters = 0;
      const batchSize = Math.min(READ_ENTRIES, Math.max(2, Math.ceil(READ_CHARACTERS / this.#charactersPerEntry)));
      const cursor = outboxOf(this.connection).find(filter, { ...LOWEST_FIRST, batchSize });
      for await (const entry of cursor) {
        entries.push(entry);
        messages += entry.messages.length;
        for (const { value } of entry.messages) characters += value.length;
        if (messages >= READ_MESSAGES || entries.length >= READ_ENTRIES || characters >= READ_CHARACTERS) break;
      }
      await cursor.close();
      if (entries.length > 0) this.#charactersPerEntry = characters / entries.length;
      const last = entries.at(-1)?._id;
      if (last === undefined) return entries;
      for (const { _id } of entries) known.add(_id);
      const below = await outboxOf(this.connection)
        .find({ _id: { $lte: last } }, { ...LOWEST_FIRST, projection: { _id: 1 } })
        .toArray();
      if (below.every(({ _id }) => known.has(_id))) return entries;
      filter = { _id: { $nin: underWay } };
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

function isLarge(messages: readonly OutgoingMessage[]): boolean {
  let characters = 0;
  for (const { value } of messages) characters += value.length;
  return characters >= READ_CHARACTERS;
}
