import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, type Result } from '@gpect/domain-values/result';
import type { BoundTable } from '@gpect/tabular-files/bind-table';
import type { BindingFault } from '@gpect/tabular-files/headings';
import type { Table } from '@gpect/tabular-files/table';
import { type SpendBinding, withDays } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { faultOfNote, type NoteBelow, NotesBelow } from '../dialect/notes-below.js';
import { noteOfSheets } from '../dialect/notes-of-sheets.js';
import { FileReading } from './file-reading.js';
import { withStatuses } from './status-of-file.js';
import { TableReader } from './table-reader.js';

/**
 * What only the whole file tells, before its lines are taken: what its columns of status are about, in which order its days are
 * written, and whether notes or totals say that its amounts are in another unit, or hold their tax.
 */
export async function readThrough(
  table: Table,
  bound: BoundTable<SpendBinding>,
  dialect: Dialect,
  today: CalendarDate,
): Promise<Result<BoundTable<SpendBinding>, BindingFault>> {
  const notes = new NotesBelow(dialect);
  const withStatus = await withStatuses(table, bound, dialect);
  const dated = await withDays(table, withStatus, dialect, today, (row, part) => notes.see(row, part));
  const note = notes.found ?? (await noteOfSheets(table, bound.parts, dialect));
  if (note) return fail(faultOfNote(table, note));
  if (!dated.ok || !notes.totalsTell) return dated;
  const total = await noteOfTotals(table, dated.value, dialect, today);
  return total ? fail(faultOfNote(table, total)) : dated;
}

/** A total that is what the lines above it make says of them what it says of itself. Few files have one that says anything. */
async function noteOfTotals(
  table: Table,
  { parts }: BoundTable<SpendBinding>,
  dialect: Dialect,
  today: CalendarDate,
): Promise<NoteBelow | undefined> {
  const whole = new FileReading();
  for (const { at, part, binding } of parts) {
    const reader = new TableReader(dialect, binding, table, today, whole);
    for await (const rows of table.rows(at))
      for (const row of rows) {
        if (row.line > binding.until) reader.read(row);
        if (whole.noteOfTotal) return { ...whole.noteOfTotal, part };
      }
  }
  return undefined;
}
