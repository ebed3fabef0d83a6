/** Who joins a group waits for its other members, for one that has died as long as its session lasts. */
const JOINING_MS = 50_000;

/**
 * Notices a consumer that neither crashes nor reads: a connection that hangs, or a broker that is stopped. It knows what
 * was asked of each broker and not answered, and when anything was last done.
 */
export class Watchdog {
  #joiningSince: number | undefined;
  #lastSign: number;
  #lastLook: number;
  #taking = 0;
  readonly #unanswered = new Map<number, number>();

  /**
   * @param patienceMs how long an answer is waited for before the consumer is taken for hung
   * @param lookMs how often it is looked whether it is
   */
  constructor(
    private readonly patienceMs: number,
    private readonly lookMs: number,
    private readonly now: () => number = Date.now,
  ) {
    this.#joiningSince = now();
    this.#lastSign = now();
    this.#lastLook = now();
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

  /**
   * Called every `lookMs`. As much later as it comes, this process itself stood still (it was frozen, or busy with records):
   * an answer that was there could not be heard, which is no silence of Kafka.
   */
  looked(): void {
    const stood = Math.max(0, this.now() - this.#lastLook - this.lookMs);
    this.#lastLook = this.now();
    if (stood === 0) return;
    const later = (since: number) => Math.min(this.now(), since + stood);
    this.#lastSign = later(this.#lastSign);
    if (this.#joiningSince !== undefined) this.#joiningSince = later(this.#joiningSince);
    for (const [broker, since] of this.#unanswered) this.#unanswered.set(broker, later(since));
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
