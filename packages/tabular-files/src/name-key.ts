/** A heading or a label without what people write differently: case, accents, punctuation and spaces. */
export function nameKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** The words of a text without case, accents and marks, one space between them. */
export function wordsOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** What names are compared by, of a list of them. */
export const keysOf = (names: readonly string[]): ReadonlySet<string> => new Set(names.map(nameKey));

/** The same of a heading, in which a percent sign and a minus behind it change what it means: `Montant (%)`, `Montant (-)`. */
export function headingKey(text: string): string {
  const key = nameKey(text);
  if (key === '' || text.length > 1000) return key;
  return (
    key +
    (/[%‰]/.test(text) ? '%' : '') +
    (/[\s([][-\u2012-\u2014\u2212]\s*(?:€|eur)?[)\]]?$/i.test(text.trimEnd().slice(-40)) ? '-' : '')
  );
}
