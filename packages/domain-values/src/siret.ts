import { stdnum } from 'stdnum';
import { fail, ok, type Result } from './result.js';

/** A SIRET of 14 digits whose SIREN and whole are both valid. Source: INSEE, Sirene; La Poste's own rule included. */
export type Siret = string & { readonly __siret: true };

/** Stable reasons, as funders and carriers read them in a report. `siren_given`: the nine digits of a firm, not of an establishment. */
export type SiretFault = 'siret_missing' | 'siret_digits_lost' | 'siret_invalid' | 'siren_given';

const SPACES = /[\s\u00a0\u202f]/g;
/** What a spreadsheet or a hand puts around a number that is to stay a text. */
const QUOTES = /^['"’‘`´]+|['"’‘`´]+$/g;
/** Dots, dashes and slashes group the digits 3-3-3-5 or 9-5; elsewhere they mean something else (`3293388830015.3`). */
const GROUPED = /^(\d{3})[.\-/]?(\d{3})[.\-/]?(\d{3})[.\-/]?(\d{5})$/;
/** A number that a program wrote with a decimal point. */
const FLOAT = /^(\d+)[.,]0+$/;
/** A whole number behind what it is called, or before what it is of: `SIRET : 552…`, `n° 552…`, `FR552…`, `552… (siège)`. */
const LABELLED =
  /^(?:fr|(?:n ?[°ºo]\.? ?)?(?:de )?(?:siret|rcs)|n ?[°ºo]\.?)?\s{0,3}:?\s{0,3}(\d[\d\s.\-/]{12,20})(?<=\d)\s{0,3}(?:\([a-zà-ÿ][a-zà-ÿ\s.'’-]{2,39}\))?$/i;
const LONGEST = 200;
const SCIENTIFIC = /^\d+(?:[.,]\d+)?\s?e\s?\+?\d+$/i;
/** A spreadsheet keeps 15 digits at the most and writes zeros for the rest; no establishment has NIC 00000. */
const ZEROED_TAIL = /^\d{9}0{5}$/;

/**
 * Reads a SIRET as people type it: spaces (plain, no-break, narrow) are dropped, dots and dashes where they group its digits. A word that it is
 * called by before it, or a note in brackets behind it, leaves it what it is.
 * @param restoreLeadingZeros true for a source known to lose leading zeros (a spreadsheet); the zeros come back only if both check digits agree.
 * @returns the SIRET and whether zeros were restored; or `siret_digits_lost` for scientific notation or a tail of zeros, which no rule can restore.
 */
export function readSiret(
  raw: string,
  { restoreLeadingZeros = false } = {},
): Result<{ siret: Siret; restored: boolean }, SiretFault> {
  if (raw.length > LONGEST) return fail('siret_invalid');
  const typed = raw.trim().replace(QUOTES, '').trim();
  if (typed === '') return fail('siret_missing');
  if (SCIENTIFIC.test(typed)) return fail('siret_digits_lost');
  const digits = plainDigits(typed.replace(SPACES, ''));
  if (isSiret(digits)) return ok({ siret: digits, restored: false });
  const labelled = plainDigits((LABELLED.exec(typed)?.[1] ?? '').replace(SPACES, ''));
  if (isSiret(labelled)) return ok({ siret: labelled, restored: false });
  if (ZEROED_TAIL.test(digits)) return fail('siret_digits_lost');
  if (restoreLeadingZeros && /^\d{10,13}$/.test(digits)) {
    const padded = digits.padStart(14, '0');
    if (isSiret(padded)) return ok({ siret: padded, restored: true });
  }
  return fail(isSiren(digits) ? 'siren_given' : 'siret_invalid');
}

function plainDigits(text: string): string {
  const grouped = GROUPED.exec(text);
  return grouped ? grouped.slice(1).join('') : (FLOAT.exec(text)?.[1] ?? text);
}

/** The library checks the whole number (La Poste's rule included) but not the SIREN inside it, nor NIC 00000: both are checked here. */
export function isSiret(value: string): value is Siret {
  return (
    /^\d{14}$/.test(value) &&
    !value.endsWith('00000') &&
    isSiren(value.slice(0, 9)) &&
    stdnum['FR']?.['siret']?.validate(value).isValid === true
  );
}

/** The nine digits of a firm, their check digit included. */
export function isSiren(value: string): boolean {
  return /^\d{9}$/.test(value) && stdnum['FR']?.['siren']?.validate(value).isValid === true;
}
