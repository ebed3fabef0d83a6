/** A transaction that a partition waits for: what stands behind its first record is given to nobody until it ends. */
export interface OpenTransaction {
  readonly topic: string;
  readonly partition: number;
  /** Of its first record. */
  readonly offset: number;
  /** How long it was seen open. */
  readonly seconds: number;
}

interface Seen {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly since: number;
  last: number;
}

/** Where nothing was fetched for so long, another reader has the partition, and knows (ms). */
const FORGOTTEN_MS = 30_000;

/** The transactions that are open on the partitions that are read here, by what brokers say with each fetch. */
export class OpenTransactions {
  readonly #seen = new Map<string, Seen>();

  /** @param stable the offset up to which everything is decided @param end the offset behind the last record */
  note(topic: string, partition: number, { stable, end }: { stable: number; end: number }, now: number): void {
    const key = `${topic}/${partition}`;
    const seen = this.#seen.get(key);
    if (stable < 0 || stable >= end) this.#seen.delete(key);
    else if (seen?.offset === stable) seen.last = now;
    else this.#seen.set(key, { topic, partition, offset: stable, since: now, last: now });
  }

  /** The oldest first. */
  at(now: number): OpenTransaction[] {
    for (const [key, { last }] of this.#seen) if (now - last > FORGOTTEN_MS) this.#seen.delete(key);
    return [...this.#seen.values()]
      .map(({ topic, partition, offset, since }) => ({ topic, partition, offset, seconds: (now - since) / 1000 }))
      .sort((a, b) => b.seconds - a.seconds);
  }
}

/** Of this process. */
export const openTransactions = new OpenTransactions();
