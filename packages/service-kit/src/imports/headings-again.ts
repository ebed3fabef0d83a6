import { type Binding, findHeadings, type WantedColumn } from '@gpect/tabular-files/headings';
import { headingKey, nameKey } from '@gpect/tabular-files/name-key';
import { isOurs } from '@gpect/tabular-files/our-columns';
import { placesBelow } from '@gpect/tabular-files/places-below';
import { type Cell, type Row, textOf } from '@gpect/tabular-files/table';

/** The longest text that can be a heading. */
const LONGEST = 200;

/**
 * Follows the headings of one part of a file, which come again at a page break, or above a second table with its columns in
 * another order. Its lines are given under the first headings, behind which stand those that only later ones name.
 */
export class HeadingsAgain {
  /** What later headings name and the first do not. */
  readonly others: string[];
  readonly #names: ReadonlySet<string>;
  /** Where the cells of each heading, and of each of the later ones, stand now; and how many there are. */
  #now: { readonly from?: readonly (number | undefined)[]; readonly width: number };

  /** @param later what a look at the whole part found of `others` */
  constructor(
    private readonly wanted: readonly WantedColumn<string>[],
    private readonly binding: Pick<Binding, 'at' | 'headings'>,
    later: readonly string[] = [],
  ) {
    const { at, headings } = binding;
    this.#names = new Set(Object.values(at).map((i) => nameKey(headings[i ?? -1] ?? '')));
    this.others = [...later];
    this.#now = {
      width: headings.length,
      ...(later.length > 0 ? { from: [...headings.keys(), ...later.map(() => undefined)] } : {}),
    };
  }

  /** Cells that a line has below the headings that stand above it. */
  get width(): number {
    return this.#now.width;
  }

  /** Whether a line is headings; it tells how the lines below it stand. */
  begins(row: Row): boolean {
    if (!row.cells.some((cell) => this.#isName(cell))) return false;
    const { missing, headings, at } = findHeadings([row], this.wanted);
    if (missing.length > 0) return false;
    this.#now = { from: this.#orderOf(headings, at), width: headings.length };
    return true;
  }

  /** A line with its cells under the first headings; what stands beyond all headings stays behind them. */
  inOrder(row: Row): Row {
    const { from, width } = this.#now;
    if (!from) return row;
    const cells = from.map((i) => (i === undefined ? '' : (row.cells[i] ?? '')));
    return { ...row, cells: [...cells, ...row.cells.slice(width)] };
  }

  /** Where a column of the first headings stands among the cells that a line has now. */
  placeOf(column: number): number {
    return this.#now.from ? (this.#now.from[column] ?? -1) : column;
  }

  #isName(cell: Cell): boolean {
    return typeof cell === 'string' && cell.length <= LONGEST && this.#names.has(nameKey(textOf(cell)));
  }

  #orderOf(headings: readonly string[], at: Readonly<Partial<Record<string, number>>>): (number | undefined)[] {
    const first = { headings: [...this.binding.headings, ...this.others], at: this.binding.at };
    const { from, free } = placesBelow(first, { headings, at }, headingKey);
    for (const place of free) {
      const heading = headings[place] ?? '';
      if (heading === '' || isOurs(heading)) continue;
      this.others.push(heading);
      from[this.binding.headings.length + this.others.length - 1] = place;
    }
    return from;
  }
}
