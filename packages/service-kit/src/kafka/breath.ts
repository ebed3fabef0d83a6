/** Records that are looked at before whatever else waits in this process has its turn: requests, health, heartbeats. */
export const BREATH_RECORDS = 1000;

/**
 * Records cost no wait of their own where nothing comes of them: a hundred thousand that are others' concern would be passed
 * over without anything else being served. Those who take them say how many they took, and wait when it is time to.
 */
export class Breath {
  #taken = 0;
  #pause: Promise<void> | undefined;

  /** What is to be waited for before more is taken; the same for all who share this. */
  after(records: number): Promise<void> | undefined {
    this.#taken += records;
    if (this.#taken < BREATH_RECORDS) return this.#pause;
    this.#pause ??= turnOfOthers().then(() => {
      this.#taken = 0;
      this.#pause = undefined;
    });
    return this.#pause;
  }
}

/** Requests and timers that wait are served before it ends. */
export function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
