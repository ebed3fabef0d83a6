import type { NumberCell } from '@gpect/tabular-files/table';

/** Numbers that stand where an amount does and are none: telephones, SIREN, codes; money of that size is written with its cents. */

const SPACES = /[\s\u00a0\u202f]/g;
const WHOLE = /^[-+(]?(\d+)\)?-?(?:€|eur|euros?)?$/i;
/** Whole euros of so many digits are hundreds of millions in one payment. */
const MOST_DIGITS = 8;

/** Whether a text is the number of something else: with a zero at its head, or with more digits than a payment has. */
export function numbersSomethingElse(text: string): boolean {
  const [, digits = ''] = WHOLE.exec(text.replace(SPACES, '')) ?? [];
  return /^0\d/.test(digits) || digits.length > MOST_DIGITS;
}

/** The same of a sheet's number, which it does not show as money. */
export function cellNumbersSomethingElse({ number, decimals, euro }: NumberCell): boolean {
  return !euro && !decimals && numbersSomethingElse(number);
}
