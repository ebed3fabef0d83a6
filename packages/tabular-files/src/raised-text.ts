/**
 * Signs that a sheet shows above or below their line: `1500` with a raised `2` is an amount and its note, and no `15002`. They are
 * read as the signs of Unicode that look so, which no number, day or key is made of.
 */

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉';
/** A letter alone that is raised behind a digit is a note too; those of `1er` and `n°` are none. */
const LETTERS = 'ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ𐞥ʳˢᵗᵘᵛʷˣʸᶻ';
const letters = [...LETTERS];

export type Shift = 'raised' | 'lowered';

/** How the property of a piece of text says that it is shifted, in Excel's words and in those of OpenDocument. */
export function shiftOf(position: string | undefined): Shift | undefined {
  if (position === undefined) return undefined;
  if (/^(?:super|[1-9])/.test(position)) return 'raised';
  return /^(?:sub|-)/.test(position) ? 'lowered' : undefined;
}

/** A piece of text that is shifted, behind what stands before it in its cell. */
export function shifted(text: string, shift: Shift, before: string): string {
  const digits = text.replace(/\d/g, (digit) => (shift === 'raised' ? RAISED : LOWERED)[Number(digit)] ?? digit);
  if (shift !== 'raised' || !/^[a-z]$/i.test(text.trim()) || !/\d$/.test(before)) return digits;
  const letter = text.trim().toLowerCase();
  return text.replace(/[a-z]/i, letters[letter.charCodeAt(0) - 97] ?? letter);
}

const NOTE = new RegExp(`(?<![mM])[${RAISED}${LOWERED}]|\\d(?:${letters.join('|')})`, 'u');

/** Whether a text holds a sign of a note; square and cubic metres have none. */
export const isNoted = (text: string): boolean => NOTE.test(text);
