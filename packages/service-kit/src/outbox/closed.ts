/** How long a topic that refused is not written to: what comes for it is set aside at once. */
const TOPIC_MS = 5000;
const LONGEST_WAIT_MS = 15_000;

interface Closed {
  readonly reason: string;
  /** When it is tried again (performance.now). */
  readonly until: number;
  readonly tries: number;
  readonly partition: boolean;
}

/**
 * Topics and partitions that take nothing now. What comes for them is set aside at once, so that nobody waits for them; a partition is
 * tried again apart from the rest, after a wait that grows, and is open again once that succeeds.
 */
export class ClosedPlaces {
  readonly #closed = new Map<string, Closed>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  closeTopic(topic: string, reason: string): void {
    this.#closed.set(topic, { reason, until: this.now() + TOPIC_MS, tries: 0, partition: false });
  }

  closePartition(lane: string, reason: string): void {
    const tries = this.#closed.get(lane)?.tries ?? 0;
    const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(tries, 10));
    this.#closed.set(lane, { reason, until: this.now() + wait, tries: tries + 1, partition: true });
  }

  open(name: string): void {
    this.#closed.delete(name);
  }

  openAll(): void {
    this.#closed.clear();
  }

  /** Why nothing is written there now. A topic is open again by itself. */
  why(name: string): string | undefined {
    const closed = this.#closed.get(name);
    if (closed && !closed.partition && closed.until < this.now()) this.#closed.delete(name);
    return this.#closed.get(name)?.reason;
  }

  /** Partitions that are not to be tried yet. */
  waiting(): string[] {
    return this.#partitions((until) => until > this.now());
  }

  /** Partitions that are to be tried again now. */
  due(): string[] {
    return this.#partitions((until) => until <= this.now());
  }

  #partitions(which: (until: number) => boolean): string[] {
    return [...this.#closed].filter(([, c]) => c.partition && which(c.until)).map(([name]) => name);
  }
}
