interface Asked<Found> {
  readonly keys: readonly string[];
  done(found: Map<string, Found>): void;
  failed(error: unknown): void;
}

/**
 * Looks things up by their keys; what is asked for at the same time is one request to the database. Nobody is given what was
 * read before they asked. Several may be given the same thing: nobody changes it.
 */
export class Gathered<Found> {
  #asked: Asked<Found>[] = [];

  constructor(private readonly read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>) {}

  /** What there is of these, by key. */
  find(keys: readonly string[]): Promise<Map<string, Found>> {
    return new Promise((done, failed) => {
      this.#asked.push({ keys, done, failed });
      // Whoever is about to ask in this turn has come by then.
      if (this.#asked.length === 1) setImmediate(() => void this.#readAll());
    });
  }

  async #readAll(): Promise<void> {
    const all = this.#asked;
    this.#asked = [];
    try {
      const found = await this.read([...new Set(all.flatMap(({ keys }) => keys))]);
      for (const { keys, done } of all) done(among(found, keys));
    } catch (error) {
      for (const { failed } of all) failed(error);
    }
  }
}

function among<Found>(found: ReadonlyMap<string, Found>, keys: readonly string[]): Map<string, Found> {
  return new Map(
    [...new Set(keys)].flatMap((key) => {
      const one = found.get(key);
      return one === undefined ? [] : [[key, one] as const];
    }),
  );
}
