import { type Cell, textOf } from '@gpect/tabular-files/table';

/** Words of a column that are remembered, and how long they are at most. */
const MOST = 1000;
const LONGEST = 60;

/**
 * Words of unread columns that said nothing of the lines they stood on, for amounts of one sign: labels come again and again, and
 * each is looked at once. What a column says depends on its word and on that sign alone. Of a column with many words
 * the first are remembered, and the others looked at each time.
 */
export class SilentWords {
  readonly #bySign = new Map<number, readonly Set<string>[]>();

  constructor(private readonly columns: readonly number[]) {}

  /** Whether nothing is said in any of these columns, by words that are known. */
  areAll(cells: readonly Cell[], cents: number): boolean {
    const known = this.#knownFor(cents);
    for (const [i, column] of this.columns.entries()) {
      const cell = cells[column];
      if (cell === undefined || cell === '') continue;
      const word = textOf(cell);
      if (word !== '' && known[i]?.has(word) !== true) return false;
    }
    return true;
  }

  /** Nothing was said on this line. */
  learn(cells: readonly Cell[], cents: number): void {
    const known = this.#knownFor(cents);
    for (const [i, column] of this.columns.entries()) {
      const word = textOf(cells[column]);
      const words = known[i];
      if (!words || words.size >= MOST || word.length > LONGEST || words.has(word)) continue;
      // A cell is a view of the piece of the file that it stands in; what is remembered must not keep all of that.
      words.add(Buffer.from(word).toString());
    }
  }

  #knownFor(cents: number): readonly Set<string>[] {
    const sign = Math.sign(cents);
    let known = this.#bySign.get(sign);
    if (!known) {
      known = this.columns.map(() => new Set<string>());
      this.#bySign.set(sign, known);
    }
    return known;
  }
}
