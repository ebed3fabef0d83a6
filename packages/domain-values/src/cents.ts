import { fail, ok, type Result } from './result.js';

/** An amount of money: an integer number of euro cents, never a floating-point number of euros. */
export type Cents = number;

/** The decimal mark that a source declares; `auto` takes what the text itself leaves no doubt about. */
export type DecimalMark = ',' | '.' | 'auto';

/** `amount_ambiguous`: `1,234` is one euro or a thousand, whatever mark is declared; it is refused, not guessed. */
export type AmountFault = 'amount_unreadable' | 'amount_ambiguous';

const SPACES = /[\s\u00a0\u202f]+/g;
const CURRENCY = /^(?:€|eur|euros?)\s*|\s*(?:€|eur|euros?)$/i;
const MINUS = /[\u2212\u2013]/g;
const MOST_EUROS = 12;

/**
 * Reads an amount in euros as typed into cents, digit by digit: `1 538,07 €` (plain, no-break or narrow no-break spaces),
 * `1.234,56`, `(1 234,56)` and `-1234.56` (negative), `1234,5`. Groups of thousands must be whole; a third decimal that
 * is not zero is a fault, as is any other currency.
 */
export function readCents(raw: string, decimal: DecimalMark): Result<Cents, AmountFault> {
  const signed = raw.replace(SPACES, ' ').trim().replace(MINUS, '-').replace(CURRENCY, '').trim();
  const parenthesised = /^\((.*)\)$/.exec(signed);
  const [, sign = '', digits = ''] =
    /^([+-]?) ?(.*)$/.exec(parenthesised?.[1]?.trim().replace(CURRENCY, '') ?? signed) ?? [];
  if (parenthesised && sign !== '') return fail('amount_unreadable');
  const parts = splitDecimals(digits.trim(), decimal);
  if (!parts.ok) return parts;
  const { euros, fraction } = parts.value;
  if (euros.length > MOST_EUROS) return fail('amount_unreadable');
  const cents = Number(euros) * 100 + Number(fraction.padEnd(2, '0').slice(0, 2));
  return ok((parenthesised || sign === '-') && cents !== 0 ? -cents : cents);
}

interface Parts {
  readonly euros: string;
  readonly fraction: string;
}

function splitDecimals(digits: string, declared: DecimalMark): Result<Parts, AmountFault> {
  const mark = declared === 'auto' ? markOf(digits) : declared;
  // One mark that is not a declared decimal mark, and three digits behind it: cents or thousands, nobody can say.
  if ((!mark || !digits.includes(mark)) && /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return fail('amount_ambiguous');
  const at = mark ? digits.lastIndexOf(mark) : -1;
  const whole = at < 0 ? digits : digits.slice(0, at);
  const fraction = at < 0 ? '' : digits.slice(at + 1);
  const euros = ungrouped(whole, mark === '.' ? ',' : mark === ',' ? '.' : '.,');
  if (euros === undefined || (at >= 0 && !/^\d{1,2}0*$/.test(fraction))) return fail('amount_unreadable');
  return ok({ euros, fraction });
}

/** Which mark separates the cents where nobody said so: the last of two kinds, or the one that stands once and not before three digits. */
function markOf(digits: string): ',' | '.' | undefined {
  const commas = digits.split(',').length - 1;
  const points = digits.split('.').length - 1;
  if (commas > 0 && points > 0) return digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.';
  if (commas + points !== 1 || /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return undefined;
  return commas === 1 ? ',' : '.';
}

/** The digits of whole euros without their separators; undefined where groups are not groups of three of one kind. */
function ungrouped(whole: string, separators: string): string | undefined {
  if (/^\d+$/.test(whole)) return whole;
  for (const separator of [' ', "'", ...separators]) {
    const groups = whole.split(separator);
    if (groups.length > 1 && /^\d{1,3}$/.test(groups[0] ?? '') && groups.slice(1).every((g) => /^\d{3}$/.test(g)))
      return groups.join('');
  }
  return undefined;
}

/** Cents as French readers expect them: `21 604 152,07 €`. */
export function formatEuros(cents: Cents): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${cents < 0 ? '-' : ''}${euros},${digits.slice(-2)}\u00a0€`;
}
