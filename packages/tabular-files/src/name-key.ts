/** A heading or a label without what people write differently: case, accents, punctuation and spaces. */
export function nameKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
