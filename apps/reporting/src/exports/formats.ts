import { stringify } from 'csv-stringify/sync';
import XLSX from 'xlsx';
import type { Language } from './labels.js';
import { pdfOf } from './pdf.js';
import { MASKED, type Sheet, type SheetCell } from './sheet.js';

export type Format = 'pdf' | 'xlsx' | 'ods' | 'csv';

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  csv: 'text/csv; charset=utf-8',
};

/** The tables in the format asked for. */
export async function exported(
  format: Format,
  document: { readonly title: string; readonly subtitle: string; readonly sheets: readonly Sheet[] },
  language: Language,
): Promise<Buffer> {
  if (format === 'pdf') return pdfOf(document, language);
  // Whoever opens a file without its letter reads in it what it is of.
  const { title, subtitle } = document;
  const sheets = document.sheets.map((sheet, i) => (i === 0 ? { ...sheet, of: [title, subtitle] } : sheet));
  return format === 'csv' ? csvOf(sheets, language) : workbookOf(sheets, format);
}

/** One table below the other; semicolons, decimal commas and a byte order mark for a French spreadsheet. */
function csvOf(sheets: readonly Sheet[], language: Language): Buffer {
  const french = language === 'fr';
  const written = (cell: SheetCell): string => {
    if (typeof cell === 'number') return french ? String(cell).replace('.', ',') : String(cell);
    // A text that a spreadsheet would take for a formula is only text; a number below nothing is a number.
    return cell === null ? MASKED : cell.replace(/^[=+\-@\t\r]/, "'$&");
  };
  const text = sheets
    .map(({ of = [], title, head, rows, notes = [] }) =>
      stringify(
        [
          ...[...of, title].map((text) => [written(text)]),
          head.map(written),
          ...rows.map((row) => row.map(written)),
          ...notes.map((note) => [written(note)]),
        ],
        {
          delimiter: french ? ';' : ',',
        },
      ),
    )
    .join('\n');
  return Buffer.from(`\uFEFF${text}`, 'utf8');
}

function workbookOf(sheets: readonly Sheet[], bookType: 'xlsx' | 'ods'): Buffer {
  const book = XLSX.utils.book_new();
  for (const [index, { of = [], title, head, rows, numbers, notes = [] }] of sheets.entries()) {
    const sheet = XLSX.utils.aoa_to_sheet([
      ...of.map((text) => [text]),
      [title],
      [...head],
      ...rows.map((row) => row.map((cell) => cell ?? MASKED)),
      [],
      ...notes.map((note) => [note]),
    ]);
    for (const [address, cell] of Object.entries(sheet))
      if (!address.startsWith('!') && cell.t === 'n')
        cell.z = numbers === 'shares' ? '0.0%' : numbers === 'euros' ? '#,##0.00' : '#,##0';
    XLSX.utils.book_append_sheet(book, sheet, nameOf(title, index));
  }
  return XLSX.write(book, { type: 'buffer', bookType }) as Buffer;
}

/** A sheet's name: 31 characters, without those that spreadsheets refuse, each once. */
function nameOf(title: string, index: number): string {
  return `${index + 1} ${title.replace(/[\\/?*[\]:]/g, ' ')}`.slice(0, 31);
}
