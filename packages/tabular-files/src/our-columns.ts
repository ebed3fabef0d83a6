import { nameKey } from './name-key.js';
import { type Cell, type Row, textOf } from './table.js';

/** Columns that stand beside the sender's own in a file of refused lines, in French as clerks read them. Sent back they are passed over. */
export const OURS = ['ligne refusée', 'motif', 'colonne en cause', 'à faire'];
const ours = new Set(OURS.map(nameKey));
const NUMBER = nameKey(OURS[0] ?? '');

export function isOurs(heading: string): boolean {
  return ours.has(nameKey(heading));
}

/** Whether a file is one of refused lines that came back, by its headings. */
export function isOfRefusals(headings: readonly string[]): boolean {
  return headings.some((heading) => nameKey(heading) === NUMBER);
}

/** Takes what we wrote on a line beside its cells away from it; undefined where the file is none of refused lines. */
export function withoutOurs(headings: readonly string[]): ((row: Row) => Row) | undefined {
  const columns = headings.flatMap((heading, i) => (isOurs(heading) ? [i] : []));
  if (!isOfRefusals(headings)) return undefined;
  return (row) => ({ ...row, cells: row.cells.map((cell, i) => (columns.includes(i) ? '' : cell)) });
}

/** What Windows-1252, in which Excel saves a copy of a CSV, holds beside Latin-1; for any other sign it writes a question mark. */
const OF_WINDOWS = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');
const isBeyondWindows = (text: string) => [...text].some((sign) => sign > '\u00ff' && !OF_WINDOWS.has(sign));

/** One of them stands behind the number of a line that has any: where it became a question mark, the others did. */
const WITNESS = '\u270e';

/** The number of a refused line, as its file says it. */
export function numberOfLine(line: number, cells: readonly string[]): string {
  return cells.some(isBeyondWindows) ? `${line} ${WITNESS}` : String(line);
}

/**
 * Finds, in lines of a file of refused lines, a cell of one of these columns that lost signs when the file was saved; what
 * holds a question mark on a line that lost none is as it was. Undefined where the file is none of refused lines.
 */
export function lostSigns(
  headings: readonly string[],
  columns: readonly number[],
): ((cells: readonly Cell[]) => number | undefined) | undefined {
  const at = headings.findIndex((heading) => nameKey(heading) === NUMBER);
  if (at < 0) return undefined;
  return (cells) => {
    if (!/^\d+ \?$/.test(textOf(cells[at]))) return undefined;
    return columns.find((column) => textOf(cells[column]).includes('?'));
  };
}
