import type { BoundPart } from '@gpect/tabular-files/bind-table';
import { wordsOf } from '@gpect/tabular-files/name-key';
import { type Cell, type Part, type Table, textOf } from '@gpect/tabular-files/table';
import type { Dialect } from './dialect.js';
import { isFigure } from './lines-of-table.js';
import { type NoteBelow, noteInCells } from './notes-below.js';

/**
 * What sheets without payments say of the amounts of those that have them: another unit, or their tax. A sheet with a column of
 * figures says it of its own, unless its name says that it holds notes.
 */
export async function noteOfSheets(
  table: Table,
  read: readonly BoundPart[],
  dialect: Dialect,
): Promise<NoteBelow | undefined> {
  const bound = new Set(read.map(({ at }) => at));
  for (const [at, part] of table.parts.entries()) {
    const note = bound.has(at) ? undefined : await noteOfSheet(table, at, part, dialect);
    if (note) return note;
  }
  return undefined;
}

async function noteOfSheet(table: Table, at: number, part: Part, dialect: Dialect): Promise<NoteBelow | undefined> {
  const holdsNotes = OF_NOTES.test(wordsOf(part.name ?? ''));
  const figures = new Map<number, number>();
  let found: NoteBelow | undefined;
  for await (const rows of table.rows(at))
    for (const { line, cells } of rows) {
      if (!holdsNotes && countsFigures(cells, figures)) return undefined;
      const note = found ? undefined : noteInCells(cells, dialect);
      if (note) found = { ...note, line, part };
      if (found && holdsNotes) return found;
    }
  return found;
}

const OF_NOTES =
  /(?:^| )(?:notes?|lisez moi|a lire|read ?me|legendes?|aide|notice|mentions?|consignes?|explications?|instructions?|informations?|infos?|garde)(?: |$)/;

/** Whether some column has two figures by now. */
function countsFigures(cells: readonly Cell[], figures: Map<number, number>): boolean {
  let isTable = false;
  for (const [i, cell] of cells.entries()) {
    if (textOf(cell) === '' || !isFigure(cell)) continue;
    const count = (figures.get(i) ?? 0) + 1;
    figures.set(i, count);
    isTable ||= count > 1;
  }
  return isTable;
}
