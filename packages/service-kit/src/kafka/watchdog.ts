/** Who joins a group waits for its other members, for one that has died as long as its session lasts. */
const JOINING_MS = 50_000;

/**
 * Notices a consumer that neither crashes nor reads: a connection that hangs, or a broker that is stopped. It knows what
 * was asked of each broker and not answered, and when anything was last done.
 */
export class Watchdog {
  #joiningSince: number | undefined;
  #lastSign: number;
  #taking = 0;
  readonly #unanswered = new Map<number, number>();

  /** @param patienceMs how long an answer is waited for before the consumer is taken for hung */
  constructor(
    private readonly patienceMs: number,
    private readonly now: () => number = Date.now,
  ) {
    this.#joiningSince = now();
    this.#lastSign = now();
  }

  /** It connects, or joins its group again. */
  joining(): void {
    this.#joiningSince ??= this.now();
    this.#sign();
  }

  joined(): void {
    this.#joiningSince = undefined;
    this.#unanswered.clear();
    this.#sign();
  }

  asked(broker: number): void {
    if (!this.#unanswered.has(broker)) this.#unanswered.set(broker, this.now());
    this.#sign();
  }

  answered(broker: number): void {
    this.#unanswered.delete(broker);
    this.#sign();
  }

  /** A batch is taken for as long as the work lasts, which is no fault of Kafka. */
  async taking<T>(work: () => Promise<T>): Promise<T> {
    this.#taking++;
    try {
      return await work();
    } finally {
      this.#taking--;
      this.#sign();
    }
  }

  /** For how long (ms) it has had no answer, once that is long. */
  get silentMs(): number | undefined {
    const silent = this.#silent();
    return silent > this.patienceMs * 0.4 ? silent : undefined;
  }

  get hung(): boolean {
    if (this.#joiningSince !== undefined) return this.#silent() > JOINING_MS;
    const idle = this.#taking === 0 ? this.now() - this.#lastSign : 0;
    return this.#silent() > this.patienceMs || idle > this.patienceMs * 2;
  }

  #silent(): number {
    const since = this.#joiningSince ?? Math.min(...this.#unanswered.values());
    return Number.isFinite(since) ? this.now() - since : 0;
  }

  #sign(): void {
    this.#lastSign = this.now();
  }
}
