import { type CellFault, faultBy } from '@gpect/tabular-files/cell-messages';
import type { Params } from '@gpect/tabular-files/messages';
import { LINE_MESSAGES, type LineMessage } from './line-messages.js';

/** What is wrong with a line, by the key of its message. */
export function lineFault(message: LineMessage, params: Params = {}): CellFault {
  return faultBy<LineMessage>(LINE_MESSAGES, message, params);
}
