import { plainEuros } from '@gpect/domain-values/cents';
import { sameReference, withoutDecimals } from './reference.js';
import type { Content } from './spend-line.js';

/**
 * The reference of a line as it is written today, of one that was kept before: each part of its key as it is read now.
 * @param keys those that its funder's dialects have had, newest first
 */
export function spelledToday(
  reference: string,
  content: Content | undefined,
  keys: readonly (readonly string[])[],
): string {
  const parts = reference.split('|');
  const key = keys.find(({ length }) => length === parts.length) ?? [];
  const isSiret = (part: string) => parts.length > 1 && part.replace(/\D/g, '') === content?.siret;
  return parts
    .map((part, i) => keyPart(isSiret(part) ? 'siret' : (key[i] ?? 'reference'), part, content ?? {}))
    .join('|');
}

/**
 * A part of the key of a line as it names its payment: of a day, an amount, a scheme and a SIRET what was read of its cell, so that
 * `15/03/2012`, `15/3/12` and a day of a sheet are one key; of the reference its own text.
 * @param text as it is written, and the part where nothing could be read of it
 */
export function keyPart(field: string, text: string, read: Partial<Content>): string {
  switch (field) {
    case 'paidOn':
      return read.paidOn ?? text;
    case 'scheme':
      return read.scheme ?? text;
    case 'siret':
      return read.siret ?? text;
    case 'amount':
      return read.amountCents === undefined ? text : plainEuros(read.amountCents);
    default:
      return withoutDecimals(sameReference(text));
  }
}
