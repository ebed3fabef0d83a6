import { nameKey } from '@gpect/tabular-files/name-key';
import { type Cell, textOf } from '@gpect/tabular-files/table';
import { isNoLabel, LONGEST_VALUE, saysNothingButTotal, saysTotal } from '@gpect/tabular-files/total-line';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';

/**
 * How a line is called: a total by its dialect, by words that mean nothing else, or by words that may name a payment too, in
 * a column that is read or in one that is not.
 */
export type CalledTotal = 'declared' | 'total' | 'maybe' | 'label';

/** Recognises the lines that may sum up others, in whichever of their columns they say so. */
export class TotalNames {
  readonly #declared: readonly string[] | undefined;
  readonly #amount: number;
  readonly #naming: ReadonlySet<number | undefined>;

  constructor({ at }: Pick<SpendBinding, 'at'>, { totals }: Pick<Dialect, 'totals'>) {
    this.#amount = at.amount ?? -1;
    this.#naming = new Set([at.reference, at.siret, at.scheme, at.paidOn]);
    this.#declared = totals?.map(nameKey).filter((name) => name !== '');
  }

  /** What a funder's dialect names is a total; so is, in any cell, what is called nothing else. */
  of(cells: readonly Cell[]): CalledTotal | undefined {
    let called: CalledTotal | undefined;
    for (const [i, cell] of cells.entries()) {
      if (i === this.#amount || typeof cell !== 'string' || cell === '') continue;
      if (this.#isDeclared(cell)) return 'declared';
      if (!mayBegin(cell)) continue;
      const text = textOf(cell);
      if (!saysTotal(text)) continue;
      const isNaming = this.#naming.has(i);
      if (isNaming ? saysNothingButTotal(text) : isNoLabel(text)) return 'total';
      // Who names its totals has no others by words that may name a payment too.
      if (!this.#declared && called !== 'maybe') called = isNaming ? 'maybe' : 'label';
    }
    return called;
  }

  #isDeclared(cell: string): boolean {
    const declared = this.#declared;
    return declared !== undefined && cell.length <= LONGEST_VALUE && declared.some((name) => beginsWith(cell, name));
  }
}

/** A name and what is written behind it as words of their own: `Récap` is no `Récapitulons`. */
function beginsWith(cell: string, name: string): boolean {
  const words = cell.split(/[^\p{L}\p{N}]+/u).map(nameKey);
  let said = '';
  for (const word of words) {
    said += word;
    if (said === name) return true;
    if (said.length > name.length) return false;
  }
  return false;
}

/** Letters with which words of totals begin or end, so that other cells cost nothing. */
const FIRST = new Set([...'sSgGtTcCrRàÀaAmMeE "=\'Σ'].map((letter) => letter.charCodeAt(0)));
const LAST = new Set([...'lLxXeEtT. '].map((letter) => letter.charCodeAt(0)));

function mayBegin(cell: string): boolean {
  return FIRST.has(cell.charCodeAt(0)) || LAST.has(cell.charCodeAt(cell.length - 1)) || cell.charCodeAt(0) > 0x7f;
}
