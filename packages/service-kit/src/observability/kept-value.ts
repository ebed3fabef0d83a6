import { within } from '../time/within.js';

const EVERY_MS = 5000;
/** A value that could not be measured again for this long says nothing any more. */
const OLDEST_MS = 30_000;

/**
 * A value that is measured in the background, so that whoever asks for it never waits for a server that is away: every few
 * seconds, and whenever somebody asks.
 */
export class KeptValue<T> {
  #value: T | undefined;
  /** Since when what is kept holds: when its measuring began. */
  #since = Date.now();
  #measuring: Promise<void> | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly measure: () => Promise<T>) {
    this.#timer = setInterval(() => void this.refresh(), EVERY_MS).unref();
    void this.refresh();
  }

  /** Undefined where it cannot be known now, or has not been known for long. */
  get value(): T | undefined {
    return this.ageMs > OLDEST_MS ? undefined : this.#value;
  }

  /** Since it was measured, or since it began to fail. */
  get ageMs(): number {
    return Date.now() - this.#since;
  }

  /** Measures; together with whoever asks meanwhile, and never twice at a time, however long it takes. */
  refresh(): Promise<void> {
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = undefined;
    });
    return this.#measuring;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #measure(): Promise<void> {
    const since = Date.now();
    try {
      this.#value = await this.measure();
      this.#since = since;
    } catch {
      this.#value = undefined;
    }
  }
}

/** Gives those some time to be measured anew; what takes longer is told as it was. */
export async function refreshed(values: readonly KeptValue<unknown>[], ms: number): Promise<void> {
  await within(ms, Promise.all(values.map((v) => v.refresh())), undefined);
}
