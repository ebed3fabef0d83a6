import { fail, ok, type Result } from './result.js';

/** An amount of money: an integer number of euro cents, never a floating-point number of euros. */
export type Cents = number;

/** The decimal mark that a source declares; `auto` takes what the text itself leaves no doubt about. */
export type DecimalMark = ',' | '.' | 'auto';

/** `amount_ambiguous`: `1,234` is one euro or a thousand, whatever mark is declared; it is refused, not guessed. */
export type AmountFault = 'amount_unreadable' | 'amount_ambiguous';

const SPACES = /[\s\u00a0\u202f]+/g;
/** The euro before a number, or behind it with a word that it is net of tax. */
const CURRENCY = /^(?:€|eur|euros?)\s*|\s*(?:€|(?:eur|euros?)\.?)$|\s*(?:€|eur|euros?)?\s*(?:h\.?t\.?|hors taxes?)$/i;
const THOUSANDS_OF_EUROS = /\s?k\s?(?:€|eur|euros?)$/i;
const MINUS = /[\u2212\u2013]/g;
/** `10,-` and `10.--`: whole euros, with dashes in place of the cents. */
const NO_CENTS = /(\d)[.,] ?-{1,2}(?= ?(?:€|(?:eur|euros?)\.?)?$)/i;
const APOSTROPHES = /[\u2019\u02bc\u00b4`]/g;
const MOST_EUROS = 12;
const LONGEST = 200;

export interface AmountHabits {
  /** How many decimals amounts are declared to have, so that `12,340` has three, or `12.340` none. */
  readonly decimals?: 2 | 3 | undefined;
  /** The amounts are in thousands of euros. */
  readonly thousands?: boolean;
}

/**
 * Reads an amount in euros as typed into cents, digit by digit: `1 538,07 €` (plain, no-break or narrow no-break spaces), `,50`,
 * `1.234,56`, `1’234,56`, `(1 234,56)`, `-1234.56` and `1234,56-` (negative), `1234,5`, `10,-`. Groups of thousands must be whole;
 * a third decimal that is not zero is a fault, as is any other currency.
 */
export function readCents(raw: string, decimal: DecimalMark, habits: AmountHabits = {}): Result<Cents, AmountFault> {
  const plain = habits.thousands ? undefined : plainCents(raw, decimal);
  if (plain !== undefined) return ok(plain);
  if (raw.length > LONGEST) return fail('amount_unreadable');
  const spaced = raw.replace(SPACES, ' ').trim().replace(MINUS, '-').replace(APOSTROPHES, "'");
  const whole = spaced.replace(NO_CENTS, `$1${decimal === '.' ? '.' : ','}00`);
  const signed = (habits.thousands ? whole.replace(THOUSANDS_OF_EUROS, '') : whole).replace(CURRENCY, '').trim();
  const parenthesised = /^\((.*)\)$/.exec(signed);
  const inner = parenthesised?.[1]?.trim().replace(CURRENCY, '') ?? signed;
  const [, before = '', digits = '', after = ''] = /^([+-]?) ?(.*?) ?(-?)$/.exec(inner) ?? [];
  const signs = [parenthesised ? '-' : '', before, after].filter((sign) => sign !== '');
  if (signs.length > 1) return fail('amount_unreadable');
  const parts = splitDecimals(digits.replace(CURRENCY, '').trim(), decimal, habits);
  if (!parts.ok) return parts;
  const { euros, fraction } = parts.value;
  const shifted = habits.thousands ? inThousands(euros, fraction) : { euros, fraction };
  if (shifted.euros.length > MOST_EUROS || !/^\d{0,2}0*$/.test(shifted.fraction)) return fail('amount_unreadable');
  const cents = Number(shifted.euros) * 100 + Number(shifted.fraction.padEnd(2, '0').slice(0, 2));
  return ok(signs[0] === '-' && cents !== 0 ? -cents : cents);
}

/** The cents of an amount as most are written: digits alone, or with one or two behind the mark; undefined for others. */
function plainCents(text: string, decimal: DecimalMark): Cents | undefined {
  let digits = 0;
  let mark = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) digits = digits * 10 + code - 0x30;
    else if (mark === text.length && (code === COMMA ? decimal !== '.' : code === POINT && decimal !== ',')) mark = i;
    else return undefined;
    if (i > MOST_EUROS + 2) return undefined;
  }
  const behind = text.length - mark - 1;
  if (mark === 0 || mark > MOST_EUROS || behind === 0 || behind > 2) return undefined;
  return behind === 2 ? digits : behind === 1 ? digits * 10 : digits * 100;
}

const COMMA = 0x2c;
const POINT = 0x2e;

/**
 * The cents of a plain number (`2472.8`), as a spreadsheet keeps it. Digits behind the cents are a fault, but where the
 * sheet shows cents: then the number is what it shows, rounded to them (half away from zero).
 */
export function centsOfNumber(
  number: string,
  { thousands = false, shownDecimals }: { thousands?: boolean; shownDecimals?: number | undefined } = {},
): Result<{ cents: Cents; rounded?: true }, 'amount_unreadable'> {
  const [, sign = '', euros = '', fraction = ''] = /^([+-]?)(\d{1,40})(?:\.(\d{0,40}))?$/.exec(number) ?? [];
  if (euros === '') return fail('amount_unreadable');
  const shifted = thousands ? inThousands(euros, fraction) : { euros, fraction };
  const rounded = !/^\d{0,2}0*$/.test(shifted.fraction);
  if (shifted.euros.replace(/^0+/, '').length > MOST_EUROS || (rounded && (thousands || shownDecimals !== 2)))
    return fail('amount_unreadable');
  const up = rounded && (shifted.fraction[2] ?? '0') >= '5' ? 1 : 0;
  const cents = Number(shifted.euros) * 100 + Number(shifted.fraction.padEnd(2, '0').slice(0, 2)) + up;
  return ok({ cents: sign === '-' && cents !== 0 ? -cents : cents, ...(rounded ? { rounded: true as const } : {}) });
}

interface Parts {
  readonly euros: string;
  readonly fraction: string;
}

/** A thousand times as much, by moving the mark. */
function inThousands(euros: string, fraction: string): Parts {
  const padded = fraction.padEnd(3, '0');
  return { euros: euros + padded.slice(0, 3), fraction: padded.slice(3) };
}

/** `1,500`: one mark and three digits behind it. Cents or thousands, nobody can say, unless the number of decimals is declared. */
const EITHER = /^[1-9]\d{0,2}[.,]\d{3}$/;

function splitDecimals(
  digits: string,
  declared: DecimalMark,
  { decimals, thousands }: AmountHabits,
): Result<Parts, AmountFault> {
  const mark = declared === 'auto' ? markOf(digits) : declared;
  // By two decimals, what stands before three digits separates thousands, but for the mark that is declared.
  const isDeclared =
    mark !== undefined && (decimals === 3 ? digits.includes(mark) : decimals === 2 && !digits.includes(mark));
  if (EITHER.test(digits) && !isDeclared) return fail('amount_ambiguous');
  const at = mark ? digits.lastIndexOf(mark) : -1;
  // `,50` is half a euro, and a space before the mark is a slip of the hand.
  const whole = at < 0 ? digits : digits.slice(0, at).trimEnd() || '0';
  const fraction = at < 0 ? '' : digits.slice(at + 1);
  const euros = ungrouped(whole, mark === '.' ? ',' : mark === ',' ? '.' : '.,');
  const written = thousands ? /^\d{1,5}0*$/ : /^\d{1,2}0*$/;
  if (euros === undefined || (at >= 0 && !written.test(fraction))) return fail('amount_unreadable');
  return ok({ euros, fraction });
}

/** Which mark separates the cents where nobody said so: the last of two kinds, or the one that stands once and not before three digits. */
function markOf(digits: string): ',' | '.' | undefined {
  const commas = digits.split(',').length - 1;
  const points = digits.split('.').length - 1;
  if (commas > 0 && points > 0) return digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.';
  if (commas + points !== 1 || EITHER.test(digits)) return undefined;
  return commas === 1 ? ',' : '.';
}

/**
 * The digits of whole euros without their separators; undefined where groups are not groups of three of one kind. The first
 * group begins with no zero: `0.500` is half a euro, whatever mark is declared.
 */
function ungrouped(whole: string, separators: string): string | undefined {
  if (/^\d+$/.test(whole)) return whole;
  for (const separator of [' ', "'", ...separators]) {
    const groups = whole.split(separator);
    if (groups.length > 1 && /^[1-9]\d{0,2}$/.test(groups[0] ?? '') && groups.slice(1).every((g) => /^\d{3}$/.test(g)))
      return groups.join('');
  }
  return undefined;
}

/** Cents as euros for programs: `-1020.00`. */
export function plainEuros(cents: Cents): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Cents as French readers expect them: `21 604 152,07 €`. */
export function formatEuros(cents: Cents): string {
  const [euros = '', fraction] = plainEuros(cents).split('.');
  return `${euros.replace(/\B(?=(\d{3})+$)/g, '\u202f')},${fraction}\u00a0€`;
}
