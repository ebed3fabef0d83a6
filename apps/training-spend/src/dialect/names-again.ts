import { type Part, type Row, textOf } from '@gpect/tabular-files/table';
import { MOST_ABOVE, type NamedOtherwise, type Places } from './names-over.js';

/**
 * Follows the lines below the headings for headings that come again under other names: a second page of what was asked for, with
 * the headings of the first, which gives what was paid.
 */
export class NamesAgain {
  #above: readonly Row[] = [];
  #part: Part | undefined;
  #found: { readonly name: NamedOtherwise; readonly part: Part } | undefined;

  /**
   * @param look what lines say of the last one of them, where it is one of headings
   * @param isLine whether a line without a SIRET is one of the table
   */
  constructor(
    private readonly look: (lines: readonly Row[]) => NamedOtherwise | undefined,
    private readonly isLine: (row: Row, at: Places) => boolean,
  ) {}

  /** @param part of which the line is, and where in it the SIRET stands, which each payment has */
  see(row: Row, { part, binding }: { readonly part: Part; readonly binding: { readonly at: Places } }): void {
    if (this.#found) return;
    if (part !== this.#part) this.#above = [];
    this.#part = part;
    const siret = row.cells[binding.at.siret ?? 0];
    const hasSiret = typeof siret === 'string' ? /\d{5}/.test(siret) : siret !== undefined;
    if (hasSiret || this.isLine(row, binding.at)) {
      if (this.#above.length > 0) this.#above = [];
      return;
    }
    const lines = [...this.#above, row];
    // Names of groups alone have nothing over them; headings have names of several columns.
    const mayBeHeadings = lines.length > 1 && row.cells.filter((cell) => textOf(cell) !== '').length > 2;
    const name = mayBeHeadings ? this.look(lines) : undefined;
    if (name) this.#found = { name, part };
    this.#above = lines.slice(-MOST_ABOVE);
  }

  /** The first of them, once the file is read through. */
  get found(): { readonly name: NamedOtherwise; readonly part: Part } | undefined {
    return this.#found;
  }
}
