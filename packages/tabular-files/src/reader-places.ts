import { mayBegin, type Sent, Turns } from '@gpect/domain-values/turns';

/** Who reads: people wait for an answer, kept files wait for nobody. */
export interface ReaderUser {
  /** A funder, a carrier, a consultants' firm: senders are served in turn. */
  readonly sender: string;
  readonly kind: 'people' | 'file';
  /** Ends the waiting of who needs it no longer. */
  readonly signal?: AbortSignal;
}

export interface PlaceLimits {
  /** Threads at the same time; each may take 512 MB. */
  readonly atOnce: number;
  /** People's files that may wait for one; a sender's are a quarter of them at most. */
  readonly waiting: number;
  /** How long one of people waits before it is told to come again. */
  readonly patienceMs: number;
}

/** The threads are taken, and enough files wait for one. */
export class ReadersBusy extends Error {
  override readonly name = 'ReadersBusy';
  constructor(readonly retryAfterSeconds: number) {
    super('as many workbooks are read as may be at the same time');
  }
}

export type Leave = () => void;

interface Waiting extends Sent {
  readonly user: ReaderUser;
  readonly begin: () => void;
}

const DEFAULTS: PlaceLimits = { atOnce: 3, waiting: 40, patienceMs: 30_000 };
const RETRY_AFTER_SECONDS = 20;

/**
 * Places for the threads that read workbooks. Senders are served in turn; the last place is for who has none, and one is
 * always left for people, so that long files and long backlogs keep nobody out.
 */
export class ReaderPlaces {
  readonly #taken: ReaderUser[] = [];
  #waiting: Waiting[] = [];
  readonly #turns = new Turns();

  constructor(private limits: PlaceLimits = DEFAULTS) {}

  set(limits: Partial<PlaceLimits>): void {
    this.limits = { ...this.limits, ...limits };
    this.#serve();
  }

  get counts(): { readonly taken: number; readonly waiting: number } {
    return { taken: this.#taken.length, waiting: this.#waiting.length };
  }

  /** Waits for a place; what it gives back leaves it. @throws ReadersBusy */
  async take(whose: ReaderUser): Promise<Leave> {
    const user = { ...whose };
    if (user.signal?.aborted) throw new ReadersBusy(RETRY_AFTER_SECONDS);
    if (user.kind === 'people' && !this.#mayTake(user) && isFull(this.#waiting, user, this.limits))
      throw new ReadersBusy(RETRY_AFTER_SECONDS);
    await this.#wait(user);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#taken.splice(this.#taken.indexOf(user), 1);
      this.#serve();
    };
  }

  #mayTake(user: ReaderUser): boolean {
    return mayTake(user, this.#taken, this.limits.atOnce);
  }

  #wait(user: ReaderUser): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (error: Error) => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        done();
        reject(error);
      };
      const aborted = () => giveUp(new ReadersBusy(RETRY_AFTER_SECONDS));
      const timer = user.kind === 'people' ? setTimeout(aborted, this.limits.patienceMs).unref() : undefined;
      const done = () => {
        clearTimeout(timer);
        user.signal?.removeEventListener('abort', aborted);
      };
      const waiting: Waiting = {
        user,
        sender: user.sender,
        begin: () => {
          done();
          resolve();
        },
      };
      user.signal?.addEventListener('abort', aborted, { once: true });
      this.#waiting.push(waiting);
      this.#serve();
    });
  }

  #serve(): void {
    for (;;) {
      const next = this.#turns.next(this.#waiting, ({ user }) => this.#mayTake(user));
      if (!next) break;
      this.#waiting = this.#waiting.filter((one) => one !== next);
      this.#taken.push(next.user);
      this.#turns.served(next);
      next.begin();
    }
    if (this.#waiting.length === 0 && this.#taken.length === 0) this.#turns.forget();
  }
}

/** One place is for people alone, unless there is but one. */
function mayTake(user: ReaderUser, taken: readonly ReaderUser[], atOnce: number): boolean {
  if (user.kind === 'people' || atOnce === 1) {
    const others = taken.map(({ kind, sender }) => ({ sender: kind === 'people' ? sender : '' }));
    return mayBegin(user, others, atOnce);
  }
  return taken.length < atOnce - 1 && mayBegin(user, taken, atOnce - 1);
}

function isFull(waiting: readonly Waiting[], user: ReaderUser, limits: PlaceLimits): boolean {
  const people = waiting.filter((one) => one.user.kind === 'people');
  const own = people.filter((one) => one.user.sender === user.sender);
  return people.length >= limits.waiting || own.length >= Math.max(1, Math.floor(limits.waiting / 4));
}

/** Those of this process: no thread reads a workbook without one. */
export const readerPlaces = new ReaderPlaces();
