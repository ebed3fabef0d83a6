import { type Cell, textOf } from '@gpect/tabular-files/table';
import { LONGEST_VALUE, saysNothingButTotal, saysTotal } from '@gpect/tabular-files/total-line';
import type { SpendBinding } from '../dialect/bind-columns.js';

/** What no label of a payment begins with, so that it tells a total beside a reference and an establishment too. */
const NEVER_A_LABEL =
  /^(?:sous[\s-]*tota(?:l|ux)|s\/\s*t(?:otal)?|sub[\s-]?total|grand[\s-]total|total\s+g[ée]n[ée]ral)(?![\p{L}\p{N}])/iu;

/** Recognises the lines that sum up others: they are no payments, even with a SIRET. */
export class TotalNames {
  readonly #unread: readonly number[];

  constructor({ at, headings }: Pick<SpendBinding, 'at' | 'headings'>) {
    const read = new Set(Object.values(at));
    this.#unread = [...headings.keys()].filter((i) => !read.has(i));
    this.#at = at;
  }
  readonly #at: SpendBinding['at'];

  /**
   * A total line says so in a cell that is read, in any where it names no reference or no establishment, and in any at all
   * where nothing but a total is called so. `maybe` where what it says can be the reference of a payment too.
   */
  of(cells: readonly Cell[]): 'total' | 'maybe' | undefined {
    const reference = this.#text(cells, this.#at.reference);
    const siret = this.#text(cells, this.#at.siret);
    const scheme = this.#text(cells, this.#at.scheme);
    if (saysTotal(reference) || saysTotal(siret) || saysTotal(scheme))
      return [reference, siret, scheme].some(saysNothingButTotal) ? 'total' : 'maybe';
    if (this.#unread.some((i) => isSubtotal(cells[i]))) return 'total';
    if (reference !== '' && siret !== '') return undefined;
    const paidOn = this.#text(cells, this.#at.paidOn);
    return (paidOn === '' || saysTotal(paidOn)) && cells.some((cell) => saysTotal(textOf(cell))) ? 'total' : undefined;
  }

  #text(cells: readonly Cell[], at: number | undefined): string {
    return at === undefined ? '' : textOf(cells[at]);
  }
}

const FIRST_LETTERS = new Set([...'sSgGtT'].map((letter) => letter.charCodeAt(0)));

function isSubtotal(cell: Cell | undefined): boolean {
  if (typeof cell !== 'string' || cell.length > LONGEST_VALUE) return false;
  const text = cell.trimStart();
  return FIRST_LETTERS.has(text.charCodeAt(0)) && NEVER_A_LABEL.test(text);
}
