import { own } from '@gpect/domain-values/records';
import { type Binding, findHeadings, type WantedColumn } from '@gpect/tabular-files/headings';
import { headingKey, keysOf, nameKey } from '@gpect/tabular-files/name-key';
import { isOurs } from '@gpect/tabular-files/our-columns';
import { placesBelow } from '@gpect/tabular-files/places-below';
import { looksLikeHeadings } from '@gpect/tabular-files/sections';
import { type Cell, type Row, textOf } from '@gpect/tabular-files/table';
import { type ImportColumn, wantedOf } from './import-columns.js';

export interface OtherTable {
  readonly line: number;
  readonly headings: string;
}

/** The longest text that can be a heading. */
const LONGEST = 200;
/** A day has no fewer, but for the first days of a year. */
const FEWEST_DIGITS = 4;

/**
 * Follows the headings of one part of a file, which come again at a page break, or above a second table with its columns in
 * another order. Its lines are given under the first headings, behind which stand those that only later ones name.
 */
export class HeadingsAgain {
  /** What later headings name and the first do not. */
  readonly others: string[];
  readonly #wanted: readonly WantedColumn<string>[];
  readonly #names: ReadonlySet<string>;
  readonly #ours: ReadonlySet<number>;
  /** Columns with digits on every line. */
  readonly #ofDigits: readonly number[];
  /** Headings of another table, below which nothing is one of our lines. */
  #other: OtherTable | undefined;
  /** Where the cells of each heading, and of each of the later ones, stand now; and how many there are. */
  #now: { readonly from?: readonly (number | undefined)[]; readonly width: number };
  readonly #first: { readonly from?: readonly (number | undefined)[]; readonly width: number };

  /** @param later what a look at the whole part found of `others` */
  constructor(
    columns: readonly ImportColumn[],
    private readonly binding: Pick<Binding, 'at' | 'headings' | 'comesAgain'>,
    later: readonly string[] = [],
  ) {
    const { headings } = binding;
    this.#wanted = wantedOf(columns);
    const names = [...headings, ...columns.flatMap(({ name, aliases = [] }) => [name, ...aliases])];
    this.#ours = new Set([...headings.keys()].filter((i) => isOurs(headings[i] ?? '')));
    this.#ofDigits = columns
      .filter(({ holds }) => holds === 'siret' || holds === 'day')
      .flatMap(({ name }) => own(binding.at, name) ?? []);
    this.#names = keysOf(names.filter((name) => nameKey(name) !== '' && !isOurs(name)));
    this.others = [...later];
    this.#first = {
      width: headings.length,
      ...(later.length > 0 ? { from: [...headings.keys(), ...later.map(() => undefined)] } : {}),
    };
    this.#now = this.#first;
  }

  /** Cells that a line has below the headings that stand above it. */
  get width(): number {
    return this.#now.width;
  }

  /** The other table that a line is of. */
  get otherTable(): OtherTable | undefined {
    return this.#other;
  }

  /** Whether a line is one of ours, headings that tell how the lines below them stand (or the names `over` them), or of another table. */
  see(row: Row): 'line' | 'over' | 'headings' | 'other' {
    const again = this.binding.comesAgain?.(row);
    if (again) {
      this.#other = undefined;
      this.#now = this.#first;
      return again;
    }
    if (row.cells.some((cell) => this.#isName(cell)) && this.#begins(row)) {
      this.#other = undefined;
      return 'headings';
    }
    if (!this.holdsDigits(row) && this.#isOfOther(row)) {
      const names = this.withoutOurs(row.cells).map(textOf);
      this.#other = {
        line: row.line,
        headings: names
          .filter((name) => name !== '')
          .join(', ')
          .slice(0, 200),
      };
    }
    return this.#other ? 'other' : 'line';
  }

  /** The cells of a line without what we wrote beside it when it was refused. */
  withoutOurs(cells: readonly Cell[]): readonly Cell[] {
    return this.#ours.size === 0 ? cells : cells.map((cell, i) => (this.#ours.has(i) ? '' : cell));
  }

  /** What stands beside the columns that are read alone is a second line of their own headings. */
  #isOfOther({ cells }: Row): boolean {
    if (!Object.values(this.binding.at).some((i) => textOf(cells[i ?? -1]) !== '')) return false;
    return looksLikeHeadings({ cells: this.withoutOurs(cells) }, (text) => this.#names.has(nameKey(text)));
  }

  /** Whether it has a SIRET or a day, as lines have and headings and titles have not; `but` stands elsewhere. */
  holdsDigits({ cells }: Row, but = -1): boolean {
    return this.#ofDigits.some((column) => {
      const place = this.placeOf(column);
      return place !== but && textOf(cells[place]).replace(/\D/g, '').length >= FEWEST_DIGITS;
    });
  }

  #begins(row: Row): boolean {
    const { missing, headings, at } = findHeadings([row], this.#wanted);
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
