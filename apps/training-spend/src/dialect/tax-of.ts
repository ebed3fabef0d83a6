import { wordsOf } from '@gpect/tabular-files/name-key';
import type { Dialect } from './dialect.js';

const TAX = 'ttc|t t c|toutes? taxes?(?: (?:comprises?|incluses?))?|taxes? (?:comprises?|incluses?)|tax included';
const WITH_TAX = new RegExp(
  `(?<![a-z0-9])(?:${TAX}|tva (?:\\d+ )*(?:comprise|incluse)|(?:inclu\\w+|compren\\w+|compris|avec) (?:la )?tva|vat included|incl(?:uding|udes?)? (?:the )?(?:vat|tax))(?![a-z0-9])`,
);
/** Who names both, or what is net of tax, says nothing of which is which. */
const NET_TOO = /(?<![a-z0-9])(?:ht|h t|hors taxes?|hors tva)(?![a-z0-9])/;
const NOT_NET = /(?<![a-z0-9])(?:et )?(?:non|pas) (?:en )?(?:ht|h t|hors taxes?)(?![a-z0-9])/g;
const NOT_BEFORE = /(?<![a-z0-9])(?:sans|non|pas|ni|hors)(?: \w+){0,2} ?$/;
const NOT_BEHIND = /^ ?ne (?:sont|seront|peuvent|doivent|font|feront) pas /;
const LONGEST = 1000;

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

/** Where words say that amounts hold their tax: those before it and those behind it. */
export function taxNamed(text: string): { readonly before: string; readonly behind: string } | undefined {
  if (text.length > LONGEST || !mayNameTax(text)) return undefined;
  const words = wordsOf(text).replace(NOT_NET, ' ').trim();
  const found = WITH_TAX.exec(words);
  if (!found || NET_TOO.test(words)) return undefined;
  const before = words.slice(0, found.index);
  const behind = words.slice(found.index + found[0].length);
  return NOT_BEFORE.test(before) || NOT_BEHIND.test(behind) ? undefined : { before, behind };
}

/** Whether a title, a note or a format says that amounts hold their tax. */
export function saysWithTax(text: string): boolean {
  return taxNamed(text) !== undefined;
}

/** Whether the dialect names a column of amounts with tax: who names it knows. */
export function columnSaysTax({ columns }: Pick<Dialect, 'columns'>): boolean {
  return (columns.amount ?? []).some(saysWithTax);
}

/** Whether a label says that its amount is without tax. */
export function saysWithoutTax(label: string): boolean {
  return label.length <= LONGEST && NET_TOO.test(wordsOf(label));
}
