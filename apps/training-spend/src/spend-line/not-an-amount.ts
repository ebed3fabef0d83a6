import { isSiren } from '@gpect/domain-values/siret';
import type { NumberCell } from '@gpect/tabular-files/table';

/** Numbers that stand where an amount does and are none: telephones, SIREN, codes; money of that size is written with its cents. */

const SPACES = /[\s\u00a0\u202f]/g;
const WHOLE = /^[-+(]?(\d+)\)?-?(€|eur|euros?)?$/i;
/** Groups of three behind a sign or none, as a number is written that people count with. */
const THOUSANDS = /^[-+(]?[ \u00a0\u202f]?[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?!\d)/;
/** Whole euros of so many digits are hundreds of millions in one payment. */
const MOST_DIGITS = 8;

/**
 * Whether a text is the number of something else: with a zero at its head, or with more digits than a payment has. The euro
 * beside it says that it is money, and so do its thousands, but where they are a SIREN, which is written so too.
 */
export function numbersSomethingElse(text: string): boolean {
  if (text.includes(',') || text.includes('.')) return false;
  const [, digits = '', euro] = WHOLE.exec(text.replace(SPACES, '')) ?? [];
  if (/^0\d/.test(digits)) return true;
  if (digits.length <= MOST_DIGITS || euro) return false;
  return !THOUSANDS.test(text) || isSiren(digits);
}

/** The same of a sheet's number, which it does not show as money. */
export function cellNumbersSomethingElse({ number, decimals, euro }: NumberCell): boolean {
  return !euro && !decimals && numbersSomethingElse(number);
}
