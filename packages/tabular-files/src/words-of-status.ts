/**
 * What people write of a line that counts for nothing, or not yet, in a column of status or beside their tables: parts of
 * expressions, for payments and for everything else that is told in tables. With `i` and `u`, of text in NFC.
 */

/** No denial stands before the word: `non annulé`. */
export const NOT_DENIED = '(?<!\\p{L})(?<!(?:non|pas|jamais|sans|ni)[\\s-]+(?:été\\s+)?)';
/** It was taken back, by whomever. */
export const TAKEN_BACK = 'annul(?:ée?s?|ation)|rejet(?:s|ée?s?)?|refus(?:ée?s?)?|abandonn(?:ée?s?)';
/** It is not to be counted as it stands. */
export const NOT_VALID =
  'suspendu|bloqu[ée]|brouillon|pr[ée]vision|provisoire|[ée]chou[ée]|[ée]chec|expir[ée]|doublon|invalide|inactif|pending|draft|rejected|cancelled|canceled';
