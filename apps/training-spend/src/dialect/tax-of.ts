import { wordsOf } from '@gpect/tabular-files/name-key';

const WITH_TAX =
  /(?<![a-z0-9])(?:ttc|t t c|toutes? taxes?|taxes? (?:comprises?|incluses?)|tva (?:comprise|incluse))(?![a-z0-9])/;
/** Who names both, or what is net of tax, says nothing of which is which. */
const NET_TOO = /(?<![a-z0-9])(?:ht|h t|hors taxes?|hors tva|sans|non|pas|ni|hors)(?![a-z0-9])/;
const LONGEST = 300;

/** Whether a title, a note or a format says that amounts hold their tax. */
export function saysWithTax(text: string): boolean {
  if (text.length > LONGEST) return false;
  const words = wordsOf(text);
  return WITH_TAX.test(words) && !NET_TOO.test(words);
}
