/** A whole number from 1 in decimal digits; undefined of anything else. */
export function sequenceOf(text: string | undefined): number | undefined {
  const number = /^\d{1,16}$/.test(text ?? '') ? Number(text) : 0;
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
