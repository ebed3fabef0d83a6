import { A_DAY_OR_INSTANT, readDate } from '@gpect/domain-values/calendar';
import { readSiret, type Siret } from '@gpect/domain-values/siret';
import type { CellReader } from './line-import.js';

/** SIRET and dates as every file of ours writes them. */
export function siretCell(cells: CellReader, column: string): Siret {
  return cells.read(
    column,
    (text) => {
      const result = readSiret(text);
      return result.ok ? { ok: true, value: result.value.siret } : result;
    },
    'give the 14 digits as text; a check digit does not agree or digits were lost',
  );
}

export function dateCell(cells: CellReader, column: string, format: 'french' | 'iso'): string {
  return cells.read(
    column,
    (text) => readDate(text, format),
    `write as ${format === 'iso' ? 'yyyy-mm-dd' : 'dd/mm/yyyy'} ${A_DAY_OR_INSTANT}`,
  );
}
