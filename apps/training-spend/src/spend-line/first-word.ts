import { type Cell, textOf } from '@gpect/tabular-files/table';

/** A column of a table that is looked at for what it says of its lines. */
export interface LookedAt {
  readonly i: number;
  readonly heading: string;
}

/** A column, and what it says of a line. */
export interface ColumnSays {
  readonly heading: string;
  readonly word: string;
}

/** The first of these columns in which a line says something, and what it says there; undefined where none does. */
export function firstWord<Column extends LookedAt, Says>(
  columns: readonly Column[],
  cells: readonly Cell[],
  says: (word: string, column: Column) => Says | undefined,
): { readonly heading: string; readonly word: string; readonly says: Says } | undefined {
  for (const column of columns) {
    const cell = cells[column.i];
    if (cell === undefined || cell === '') continue;
    const word = textOf(cell);
    const found = word === '' ? undefined : says(word, column);
    if (found !== undefined)
      return { heading: column.heading || lettersOf(column.i), word: word.slice(0, SHOWN), says: found };
  }
  return undefined;
}

/** A column without a heading, as spreadsheets call it: `F`, `AB`. */
function lettersOf(i: number): string {
  const last = String.fromCharCode(65 + (i % 26));
  return i < 26 ? last : lettersOf(Math.floor(i / 26) - 1) + last;
}

/** Characters of a word that are said again. */
const SHOWN = 60;
