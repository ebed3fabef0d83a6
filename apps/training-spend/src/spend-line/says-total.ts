import { nameKey } from '@gpect/tabular-files/name-key';
import { type Cell, textOf } from '@gpect/tabular-files/table';
import {
  beginsAsReferenceOfTotal,
  beginsAsTotal,
  isColumnOfNames,
  isNoLabel,
  LONGEST_VALUE,
  mayBeName,
  saysNothingButTotal,
  saysOnlyOfWhat,
  saysTotal,
} from '@gpect/tabular-files/total-line';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';

/**
 * How a line is called, from what tells a total most to what tells it least:
 * - `declared`: by its reference or its first cell, as its dialect names totals;
 * - `total`: there, by words that mean nothing else;
 * - `elsewhere`: by such words in another column;
 * - `begun`: its reference begins with them, and no firm beside it is called so: never a payment without a doubt;
 * - `maybe`: its reference has words that may name a payment too;
 * - `label`: another column begins with them;
 * - `weak`: by words that labels of payments often hold;
 * - `name`: a firm or a place in it is called so, which names no total.
 */
const CALLS = ['declared', 'total', 'elsewhere', 'begun', 'maybe', 'label', 'weak', 'name'] as const;
export type CalledTotal = (typeof CALLS)[number];

/** Recognises the lines that may sum up others, in whichever of their columns they say so. */
export class TotalNames {
  readonly #declared: readonly string[] | undefined;
  readonly #amount: number;
  readonly #reference: number;
  readonly #naming: ReadonlySet<number | undefined>;
  readonly #ofNames: ReadonlySet<number>;

  constructor({ at, headings }: Pick<SpendBinding, 'at' | 'headings'>, { totals }: Pick<Dialect, 'totals'>) {
    this.#amount = at.amount ?? -1;
    this.#reference = at.reference ?? -1;
    this.#naming = new Set([at.reference, at.siret, at.scheme, at.paidOn]);
    this.#ofNames = new Set(
      [...headings.keys()].filter((i) => !this.#naming.has(i) && isColumnOfNames(headings[i] ?? '')),
    );
    this.#declared = totals?.map(nameKey).filter((name) => name !== '');
  }

  of(cells: readonly Cell[]): CalledTotal | undefined {
    let called: CalledTotal | undefined;
    let isFirst = true;
    for (const [i, cell] of cells.entries()) {
      if (i === this.#amount || typeof cell !== 'string' || cell === '') continue;
      const words = this.#called(cell, i, isFirst);
      const says = words === 'begun' && this.#namesFirm(cells) ? 'maybe' : words;
      isFirst = false;
      if (says && (!called || CALLS.indexOf(says) < CALLS.indexOf(called))) called = says;
    }
    return called;
  }

  #called(cell: string, i: number, isFirst: boolean): CalledTotal | undefined {
    const declared = this.#declaredIn(cell);
    const isNaming = this.#naming.has(i);
    const isBegun = i === this.#reference && mayBegin(cell) && beginsAsReferenceOfTotal(textOf(cell));
    if (!declared && !isBegun && !(mayBegin(cell) && saysTotal(textOf(cell)))) return undefined;
    const text = textOf(cell);
    if (this.#ofNames.has(i) && mayBeName(text)) return 'name';
    const isSure =
      declared === 'whole' || declared === 'numbered' || (isNaming ? saysNothingButTotal(text) : isNoLabel(text));
    if (isSure && (isNaming || isFirst)) return declared === 'whole' ? 'declared' : 'total';
    if (isSure) return 'elsewhere';
    // Who names its totals has no others by words that may name a payment too.
    if (this.#declared && !declared) return undefined;
    if (isBegun) return 'begun';
    if (isNaming) return 'maybe';
    return beginsAsTotal(text) || declared ? 'label' : 'weak';
  }

  /** Whether a firm or a place of the line is called like a total: its reference may be that name. */
  #namesFirm(cells: readonly Cell[]): boolean {
    return [...this.#ofNames].some((i) => saysTotal(textOf(cells[i])) && mayBeName(textOf(cells[i])));
  }

  /** Whether a cell is what its dialect names totals, has a number or a text behind it, or only begins so. */
  #declaredIn(cell: string): 'whole' | 'numbered' | 'begins' | undefined {
    if (!this.#declared || cell.length > LONGEST_VALUE) return undefined;
    const rests = this.#declared.flatMap((name) => behind(cell, name) ?? []);
    if (rests.length === 0) return undefined;
    if (rests.some(saysOnlyOfWhat)) return 'whole';
    return rests.some((rest) => NUMBERED.test(rest)) ? 'numbered' : 'begins';
  }
}

const NUMBERED = /^\s*(?:[:=]|(?:n°\s*)?\d[\d\s./-]*$)/;

/** What a cell has behind a name that it begins with, as words of its own: `Récap` is not how `Récapitulons` begins. */
function behind(cell: string, name: string): string | undefined {
  let said = '';
  for (const { 0: word, index } of cell.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    said += nameKey(word);
    if (said === name) return cell.slice(index + word.length);
    if (said.length > name.length) return undefined;
  }
  return undefined;
}

/** Letters with which words of totals begin or end, so that other cells cost nothing. */
const FIRST = new Set([...'sSgGtTcCrRàÀaAmMeEbBdDnN "=\'Σ*-_#<>[](){}|~+'].map((letter) => letter.charCodeAt(0)));
const LAST = new Set([...'lLxXeEtT. '].map((letter) => letter.charCodeAt(0)));

function mayBegin(cell: string): boolean {
  return FIRST.has(cell.charCodeAt(0)) || LAST.has(cell.charCodeAt(cell.length - 1)) || cell.charCodeAt(0) > 0x7f;
}
