import { own } from '@gpect/domain-values/records';
import { type Cell, textOf } from '@gpect/tabular-files/table';
import { isColumnOfNames, isNoLabel, mayBeName, saysNothingButTotal, saysTotal } from '@gpect/tabular-files/total-line';
import type { ImportBinding } from './bind-import.js';
import type { ImportColumn } from './import-columns.js';
import type { ColumnFault } from './line-cells.js';
import { lineFault } from './messages.js';
import { notDone } from './not-done.js';

/** A line of fewer wanted columns can be right with one cell alone. */
const FEWEST_COLUMNS = 3;

/** Tells lines that are none of what a file is about: totals, notes below a table, what did not happen. */
export class LineNames {
  /** What tells one line from another, and what every line has. */
  readonly #telling: readonly string[];
  readonly #needed: readonly string[];
  readonly #ofNames: ReadonlySet<number>;
  readonly #notDone: ReturnType<typeof notDone>;

  constructor(columns: readonly ImportColumn[], binding: ImportBinding, mayBePending: boolean) {
    this.#telling = columns.filter(({ holds }) => holds !== undefined).map(({ name }) => name);
    this.#needed = columns.filter((c) => !c.mayBeEmpty && own(binding.at, c.name) !== undefined).map((c) => c.name);
    this.#ofNames = new Set([...binding.headings.keys()].filter((i) => isColumnOfNames(binding.headings[i] ?? '')));
    this.#notDone = notDone(binding, mayBePending);
  }

  /** A total, as spend tells one: it says so where nothing else can be called so, or lacks what a line has; or why none is taken. */
  of(cells: readonly Cell[], shown: (column: string) => string): 'total' | ColumnFault | undefined {
    const named = this.#telling.filter((name) => saysTotal(shown(name)));
    const bare = this.#telling.every((name) => shown(name) === '' || named.includes(name));
    if (bare && cells.some((cell) => saysTotal(textOf(cell)))) return 'total';
    if (named.some((name) => saysNothingButTotal(shown(name)))) return 'total';
    // A firm is called TOTAL, and its line is one of the file's.
    const label = () =>
      cells.map(textOf).find((text, i) => isNoLabel(text) && !(this.#ofNames.has(i) && mayBeName(text)));
    const called = named[0] === undefined ? label() : shown(named[0]);
    if (called !== undefined) {
      const lacks = this.#needed.some((name) => shown(name) === '');
      const column = named[0] ?? this.#needed[0] ?? '';
      return lacks ? 'total' : { column, ...lineFault('total_or_line', { shown: called.slice(0, 60) }) };
    }
    return this.#note(cells) ?? this.#undone(cells);
  }

  #note(cells: readonly Cell[]): ColumnFault | undefined {
    if (this.#needed.length < FEWEST_COLUMNS) return undefined;
    const [text, another] = cells.map(textOf).filter((filled) => filled !== '');
    if (text === undefined || another !== undefined) return undefined;
    return { column: this.#needed[0] ?? '', ...lineFault('note_line', { shown: text.slice(0, 60) }) };
  }

  #undone(cells: readonly Cell[]): ColumnFault | undefined {
    const said = this.#notDone(cells);
    return said && { column: said.heading, ...lineFault('line_not_done', { ...said }) };
  }
}
