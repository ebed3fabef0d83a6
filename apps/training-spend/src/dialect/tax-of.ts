import { wordsOf } from '@gpect/tabular-files/name-key';
import type { Dialect } from './dialect.js';

const WITH_TAX =
  /(?<![a-z0-9])(?:ttc|t t c|toutes? taxes?|taxes? (?:comprises?|incluses?)|tva (?:comprise|incluse))(?![a-z0-9])/;
/** Who names both, or what is net of tax, says nothing of which is which. */
const NET_TOO = /(?<![a-z0-9])(?:ht|h t|hors taxes?|hors tva|sans|non|pas|ni|hors)(?![a-z0-9])/;
const LONGEST = 300;

/** Each way to name it has a T; most amounts are figures, points and commas. */
function mayNameTax(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code | 0x20) === SMALL_T || (code > 0x7f && code !== NO_BREAK && code !== EURO)) return true;
  }
  return false;
}

const SMALL_T = 0x74;
const NO_BREAK = 0xa0;
const EURO = 0x20ac;

/** Whether a title, a note or a format says that amounts hold their tax. */
export function saysWithTax(text: string): boolean {
  if (text.length > LONGEST || !mayNameTax(text)) return false;
  const words = wordsOf(text);
  return WITH_TAX.test(words) && !NET_TOO.test(words);
}

/** Whether the dialect names a column of amounts with tax: who names it knows. */
export function columnSaysTax({ columns }: Pick<Dialect, 'columns'>): boolean {
  return (columns.amount ?? []).some(saysWithTax);
}
