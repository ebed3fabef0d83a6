import { fail, ok, type Result } from './result.js';

/** An amount of money: an integer number of euro cents, never a floating-point number of euros. */
export type Cents = number;

const SPACES_AND_EURO = /[\s\u00a0\u202f€]/g;

/**
 * Reads an amount in euros as typed (`1 538,07 €`, `2785.47`) into cents, digit by digit.
 * @param decimal the decimal mark that the source declares; the other one is a fault, not a guess.
 */
export function readCents(raw: string, decimal: ',' | '.'): Result<Cents, 'amount_unreadable'> {
  const typed = raw.replace(SPACES_AND_EURO, '');
  const pattern = decimal === ',' ? /^(-?)(\d{1,12})(?:,(\d{1,2}))?$/ : /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/;
  const match = pattern.exec(typed);
  if (!match) return fail('amount_unreadable');
  const [, sign, euros, fraction = ''] = match;
  const cents = Number(euros) * 100 + Number(fraction.padEnd(2, '0'));
  return ok(sign === '-' ? -cents : cents);
}

/** Cents as French readers expect them: `21 604 152,07 €`. */
export function formatEuros(cents: Cents): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${cents < 0 ? '-' : ''}${euros},${digits.slice(-2)}\u00a0€`;
}
