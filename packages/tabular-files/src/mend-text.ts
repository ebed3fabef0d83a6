import { type Cell, textOf } from './table.js';

/** What a spreadsheet shows in place of a value, as it comes out of one in text; behind it may stand what was to be read. */
const ERROR = /^#(?:N\/A|REF|VALE?U[ER]R?|NOM|NAME|DIV\/0|NULL?|NOMBRE|NUM)[!?]?(?: \([\s\S]*\))?$/i;

/** Whether a text is an error of a spreadsheet, which no endpoint reads as anything. */
export function isErrorText(text: string): boolean {
  return text.startsWith('#') && ERROR.test(text);
}

/** A text that no endpoint reads, and that shows what was there. */
export function unread(text: string): string {
  if (isErrorText(text)) return text;
  return text === '' ? '#VALEUR!' : `#VALEUR! (${text})`;
}

/**
 * What stands for a cell in a file of refused lines, which is text: the first of some forms that the endpoint reads as it read
 * the cell. Where none is read so, what is there is shown and not read, lest it be taken for something else unmended.
 */
export function textToMend(
  cell: Cell | undefined,
  forms: readonly string[],
  readsTheSame: (text: string) => boolean,
): string {
  const text = textOf(cell);
  return [text, ...forms].find(readsTheSame) ?? unread(text);
}
