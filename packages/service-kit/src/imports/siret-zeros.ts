import { own } from '@gpect/domain-values/records';
import { LostZeros } from '@gpect/tabular-files/lost-zeros';
import { type Table, textOf } from '@gpect/tabular-files/table';
import type { BoundImport, ImportColumn } from './bind-import.js';

/** Whether a spreadsheet took the zeros from the heads of a file's SIRETs, as all of them together show. */
export async function lostZeros(
  table: Table,
  { parts }: BoundImport,
  columns: readonly ImportColumn[],
): Promise<boolean> {
  const name = columns.find(({ holds }) => holds === 'siret')?.name;
  if (name === undefined) return false;
  const seen = new LostZeros();
  for (const { at, binding } of parts) {
    const column = own(binding.at, name) ?? -1;
    for await (const rows of table.rows(at))
      for (const { line, cells } of rows) {
        const cell = cells[column];
        // A number cannot keep them, and has them back anyway.
        if (line > binding.until && typeof cell === 'string') seen.see(textOf(cell));
      }
  }
  return seen.found;
}
