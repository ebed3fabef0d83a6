import { csvOf } from './csv.js';
import type { Language } from './labels.js';
import { odsOf } from './ods.js';
import type { Sheet } from './sheet.js';
import { xlsxOf } from './xlsx.js';

export type Format = 'pdf' | 'xlsx' | 'ods' | 'csv';

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  csv: 'text/csv; charset=utf-8',
};

/** The tables in the format asked for; whoever opens a file without its letter reads in it what it is of. */
export async function spreadsheet(
  format: Exclude<Format, 'pdf'>,
  of: readonly string[],
  tables: readonly Sheet[],
  language: Language,
): Promise<Buffer> {
  const sheets = tables.map((sheet, i) => (i === 0 ? { ...sheet, of } : sheet));
  if (format === 'csv') return csvOf(sheets, language);
  return format === 'xlsx' ? xlsxOf(sheets) : odsOf(sheets);
}
