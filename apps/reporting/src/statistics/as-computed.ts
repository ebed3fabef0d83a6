/** As many digits as a number has that do not hang on the order in which it was summed. */
const DIGITS = 12;

/**
 * A number as it was computed, without what binary fractions add to it: whoever shows it rounds it, once. Rounded before, to four
 * decimals say, 0.84548 would be 84.6 % in a document that makes it 0.8455 first, and 84.5 % in another.
 */
export const asComputed = (x: number): number => Number(Number(x.toPrecision(DIGITS)).toFixed(DIGITS)) + 0;
