const DAY = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}/;
const LONG = /^\d{9,}$/;
const NUMBER = /^[-+(]?\d[\d\s.,'\u00a0\u202f]*\)?-?\s?(?:€|eur(?:os?)?)?$/i;

/** What a cell of several lines is, and the lines that it would be: their cells, and how many cells its own line has. */
export interface QuotedLines {
  /** What stands between its marks, line by line. */
  readonly within: readonly (readonly string[])[];
  /** The line on which it is opened, and the one on which it is closed, each whole. */
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly width: number;
}

/** How lines of one table look: how many cells they have, and what stands in them. */
export class RowShape {
  readonly #widths = new Set<number>();
  #widest = 0;

  learn(width: number): void {
    if (this.#widths.size < 100) this.#widths.add(width);
    this.#widest = Math.max(this.#widest, width);
  }

  /** Whether cells are a line of the table: by its width, or by a day or a long number beside another number. */
  isLine(cells: readonly string[]): boolean {
    return cells.length > 1 && (isData(cells) || (this.#isWidth(cells.length) && mostAreFilled(cells)));
  }

  /** Whether what is quoted as one cell may be lines of the table: what it swallows is one, or the lines it joins are. */
  mayBeLines({ within, first, last, width }: QuotedLines): boolean {
    if (within.some(isData) || within.slice(1, -1).some((cells) => this.isLine(cells))) return true;
    if (first.length < 2 || last.length < 2 || !mostAreFilled(first) || !mostAreFilled(last)) return false;
    const bothWide = this.#isWidth(first.length) && this.#isWidth(last.length);
    const swallows = (within[0]?.length ?? 0) > 1 || (within.at(-1)?.length ?? 0) > 1;
    if (this.#widths.has(width)) return bothWide && swallows;
    if (this.#widths.size === 0) return false;
    return bothWide || (isData(first) && isData(last));
  }

  /** A width that lines have; a title has fewer cells. */
  #isWidth(count: number): boolean {
    return (
      count > 1 && (this.#widths.has(count) || count > this.#widest) && this.#widest > 0 && count * 2 > this.#widest
    );
  }
}

function kindsIn(cells: readonly string[]): { typed: number; strong: number } {
  let [typed, strong] = [0, 0];
  for (const cell of cells) {
    const text = cell.trim().replace(/^"|"$/g, '');
    if (text === '' || text.length > 60) continue;
    const isStrong = DAY.test(text) || LONG.test(text.replace(/[\s.\u00a0]/g, ''));
    if (isStrong) strong++;
    if (isStrong || NUMBER.test(text)) typed++;
  }
  return { typed, strong };
}

function isData(cells: readonly string[]): boolean {
  const { typed, strong } = kindsIn(cells);
  return typed > 1 && strong > 0;
}

function mostAreFilled(cells: readonly string[]): boolean {
  return cells.filter((cell) => cell.trim() !== '').length * 2 > cells.length;
}
