import type mongoose from 'mongoose';
import type { Publisher } from '../kafka/publisher.js';
import type { Logger } from '../observability/logger.js';
import { Aside } from './aside.js';
import { ClosedPlaces } from './closed.js';
import { Lease } from './lease.js';
import { outboxOf } from './outbox.js';
import { Term } from './term.js';
import { TermEnded } from './way.js';

/** How long an idle relay waits when nothing wakes it: only a safety net under the change stream. */
const IDLE_MS = 2000;
/** How often the lease is prolonged, and how long one that was refused it waits to ask again; well below its term. */
const RENEW_MS = 1000;
/** How long a stop waits for what is sent apart. */
const STOP_MS = 2000;

/**
 * Publishes what the transactions left in the outbox, then deletes it: the outbox is the truth, the change stream only
 * wakes the relay. What is sent is written down before, with its producer's numbers (`Way`): a relay that takes over sends
 * what is left there once more, under the same numbers, and the brokers append each batch once, whichever relay it comes from and
 * however late. So a relay that died or was frozen at any instant leaves nothing out and nothing twice.
 *
 * What cannot be published now (no such topic, refused, too large, a partition that takes nothing) is set aside with what
 * follows of its aggregate (`Aside`), is sent apart (`Apart`), and holds up nobody else.
 */
export class Relay {
  #stopped = false;
  #wake: () => void = () => undefined;
  #pendingWake = false;
  #running: Promise<void> | undefined;
  #stream: { close(): Promise<void> } | undefined;
  readonly #lease: Lease;
  readonly #aside: Aside;
  readonly #closed = new ClosedPlaces();
  #term: Term | undefined;
  #trouble: string | undefined;
  /** Messages published. */
  #count = 0;

  constructor(
    private readonly connection: mongoose.Connection,
    private readonly publisher: Publisher,
    private readonly logger: Logger,
    private readonly onPublished: (count: number) => void = () => undefined,
  ) {
    this.#lease = new Lease(connection, 'outbox-relay');
    this.#aside = new Aside(connection);
  }

  start(): void {
    this.#running = Promise.all([this.#loop(), this.#listen()]).then(() => undefined);
  }

  /** Something was committed: look at once. */
  wake(): void {
    this.#pendingWake = true;
    this.#wake();
  }

  /** What was set aside is looked at now. */
  tryAgain(): void {
    this.#closed.openAll();
    this.#term?.apart.wake();
    this.wake();
  }

  /** Why nothing is published now; undefined where it is. */
  trouble(): string | undefined {
    return this.#trouble;
  }

  /** Ends after the batch under way, and gives the lease to the other replicas. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#stream?.close().catch(() => undefined);
    await this.#running;
    const left = this.#term?.apart.idle();
    this.#endTerm();
    // A broker that does not answer keeps nobody from stopping: what is on its way is written down.
    await Promise.race([left, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
    await this.#lease.release().catch(() => undefined);
  }

  /** Publishes all that is there now; the number of messages. Needs no lease: used where only one can run (tests, bench). */
  async drain(): Promise<number> {
    const before = this.#count;
    const term = await this.#begin(async () => true);
    try {
      for (;;) {
        const some = await term.publish();
        const tried = await term.apart.look();
        await term.apart.idle();
        if (!some && !tried) return this.#count - before;
      }
    } finally {
      term.apart.end();
    }
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (!(await this.#holdsLease())) {
          this.#endTerm();
          this.#trouble = undefined;
          await this.#standBy();
          continue;
        }
        this.#pendingWake = false;
        const again = await (await this.#thisTerm()).publish();
        this.#trouble = undefined;
        if (!again) await this.#idle(IDLE_MS);
      } catch (error) {
        this.#endTerm();
        if (this.#stopped) return;
        if (error instanceof TermEnded) continue;
        this.#trouble = error instanceof Error ? error.message : String(error);
        this.logger.warn({ err: error }, 'the relay could not publish; it tries again');
        this.#renewAt = 0;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  async #thisTerm(): Promise<Term> {
    if (this.#term?.apart.ended) this.#endTerm();
    if (!this.#term) {
      this.#term = await this.#begin(() => this.#holdsLease());
      void this.#term.apart.run();
    }
    return this.#term;
  }

  #begin(mayGoOn: () => Promise<boolean>): Promise<Term> {
    return Term.begin({
      connection: this.connection,
      publisher: this.publisher,
      logger: this.logger,
      aside: this.#aside,
      closed: this.#closed,
      mayGoOn,
      onPublished: (count) => {
        this.#count += count;
        if (count > 0) this.onPublished(count);
      },
      onWaiting: (reason) => {
        this.#trouble = reason;
        this.logger.warn({ reason }, 'the brokers do not take what is published now; it is sent again');
      },
    });
  }

  #endTerm(): void {
    this.#term?.apart.end();
    this.#term = undefined;
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
