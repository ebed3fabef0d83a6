import { type Cell, textOf } from '@gpect/tabular-files/table';
import type { SpendBinding } from '../dialect/bind-columns.js';

/** Longer than anything that names a total. */
const LONGEST = 200;
/** What a total line calls itself, in whichever of its cells; a code may follow the word (`TOTAL-2012`), and is none then. */
const TOTAL =
  /^(?:sous[\s-]*tota(?:l|ux)|s\/?\s*-?\s*total|sub[\s-]?total|grand[\s-]total|tota(?:l|ux)|cumuls?|(?:à\s+)?report(?:er)?|montant\s+total|somme)(?![\p{L}\p{N}])(?!\s*[-_/#]\s*\p{N})/iu;
/** As spreadsheets write it behind what it is the total of: `DIF Total`, `R1 Résultat`. */
const BEHIND = /\S\s+(?:sous[\s-]?total|total|totaux|somme|r[ée]sultat)(?:\s+(?:g[ée]n[ée]ral|partiel))?$/i;
const ALONE = /^(?:tot\.?|ensemble|r[ée]sultat|result)$/i;
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
   * where nothing but a total is called so.
   */
  isTotal(cells: readonly Cell[]): boolean {
    const reference = this.#text(cells, this.#at.reference);
    const siret = this.#text(cells, this.#at.siret);
    if (says(reference) || says(siret) || says(this.#text(cells, this.#at.scheme))) return true;
    if (this.#unread.some((i) => isSubtotal(cells[i]))) return true;
    if (reference !== '' && siret !== '') return false;
    const paidOn = this.#text(cells, this.#at.paidOn);
    return (paidOn === '' || says(paidOn)) && cells.some((cell) => says(textOf(cell)));
  }

  #text(cells: readonly Cell[], at: number | undefined): string {
    return at === undefined ? '' : textOf(cells[at]);
  }
}

function says(text: string): boolean {
  if (text === '' || text.length > LONGEST) return false;
  return (
    TOTAL.test(text) ||
    (LAST_LETTERS.has(text.charCodeAt(text.length - 1)) && (BEHIND.test(text) || ALONE.test(text))) ||
    /^tot\.$/i.test(text)
  );
}

/** Letters with which the words that stand behind or alone end, so that other cells cost nothing. */
const LAST_LETTERS = new Set([...'lLxXeEtT.'].map((letter) => letter.charCodeAt(0)));
const FIRST_LETTERS = new Set([...'sSgGtT'].map((letter) => letter.charCodeAt(0)));

function isSubtotal(cell: Cell | undefined): boolean {
  if (typeof cell !== 'string' || cell.length > LONGEST) return false;
  const text = cell.trimStart();
  return FIRST_LETTERS.has(text.charCodeAt(0)) && NEVER_A_LABEL.test(text);
}
