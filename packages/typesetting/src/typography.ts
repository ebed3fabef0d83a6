/** What a text is written in. */
export type Language = 'fr' | 'en';

const NARROW = '\u202f';
const WIDE = '\u00a0';

/**
 * A text as it is printed: curved apostrophes; in French, as the Imprimerie nationale sets it, spaces that do not break: wide
 * ones before a colon and within quotation marks, narrow ones before other high signs, in numbers and before their units; a number
 * stays with its noun.
 */
export function typeset(text: string, language: Language): string {
  // Names of fields, which stand in definitions as in code, say nothing here.
  const curved = text
    .replace(/(?<=\p{L})'(?=\p{L})/gu, '\u2019')
    .replace(/ \(`[^`]*`\)/g, '')
    .replace(/`([^`]*)`/g, '$1');
  if (language === 'en') return curved;
  return curved
    .replace(/[ \u00a0\u202f]+([;!?%€])/g, `${NARROW}$1`)
    .replace(/(\p{L}|»|\))([;!?])(?=\s|$)/gu, `$1${NARROW}$2`)
    .replace(/[ \u00a0\u202f]+:/g, `${WIDE}:`)
    .replace(/«[ \u00a0\u202f]*/g, `«${WIDE}`)
    .replace(/[ \u00a0\u202f]*»/g, `${WIDE}»`)
    .replace(/(\d)[ \u00a0](?=\d{3}(?!\d))/g, `$1${NARROW}`)
    .replace(
      /(\d) (?=(?:points?|jours?|mois|ans|entreprises|euros|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)(?!\p{L}))/gu,
      '$1\u00a0',
    );
}
