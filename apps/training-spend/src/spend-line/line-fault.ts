import { type CellFault, faultBy } from '@gpect/tabular-files/cell-messages';
import type { Params } from '@gpect/tabular-files/messages';
import { LINE_MESSAGES, type LineMessage } from './line-messages.js';

/** What is wrong with a line, by the key of its message. @param french what is written another way in French */
export function lineFault(message: LineMessage, params: Params = {}, french: Params = {}): CellFault {
  return faultBy<LineMessage>(LINE_MESSAGES, message, params, french);
}

/** The same, which shows a number of a sheet: in French with a comma. */
export function numberFault(message: LineMessage, params: Readonly<Record<string, string>>): CellFault {
  const french = Object.entries(params).map(([name, text]) => [name, text.replace(/(\d)\.(?=\d)/g, '$1,')] as const);
  return lineFault(message, params, Object.fromEntries(french));
}
