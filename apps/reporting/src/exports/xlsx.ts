import writeXlsxFile, { type CellObject, type SheetData } from 'write-excel-file/node';
import { MASKED, nameOfSheet, type Sheet, type SheetCell, widthsOf } from './sheet.js';

const FORMATS = {
  euros: '#,##0.00',
  share: '0.0%',
  change: '+0.0%;-0.0%;0.0%',
  points: '+0.0;-0.0;0.0',
  decimal: '#,##0.0',
} as const;

/** A workbook of Excel: a sheet a table, its head bold and frozen. */
export function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeXlsxFile(
    sheets.map((sheet, index) => {
      const { of = [], title, head, rows, notes = [] } = sheet;
      const above: SheetData = [
        ...of.map((value): CellObject[] => [{ value, type: String }]),
        [{ value: title, type: String, fontWeight: 'bold', fontSize: 14 }],
      ];
      return {
        sheet: nameOfSheet(title, index),
        columns: widthsOf(sheet).map((width) => ({ width })),
        stickyRowsCount: above.length + 1,
        data: [
          ...above,
          head.map((value, column) => headCell(value, isOfNumbers(rows, column))),
          ...rows.map((row) => row.map(cellOf)),
          [],
          ...notes.map((value): CellObject[] => [{ value, type: String }]),
        ],
      };
    }),
  ).toBuffer();
}

const headCell = (value: string, ofNumbers: boolean): CellObject => ({
  value,
  type: String,
  fontWeight: 'bold',
  backgroundColor: '#E3EAF2',
  wrap: true,
  alignVertical: 'top',
  align: ofNumbers ? 'right' : 'left',
});

const isOfNumbers = (rows: Sheet['rows'], column: number): boolean =>
  rows.some((row) => typeof row[column] === 'number' || (typeof row[column] === 'object' && row[column] !== null));

function cellOf(cell: SheetCell): CellObject {
  if (cell === null) return { value: MASKED, type: String, align: 'right' };
  // Whatever a text begins with, a cell of text is no formula.
  if (typeof cell === 'string') return { value: cell, type: String, wrap: cell.length > 60, alignVertical: 'top' };
  if (typeof cell === 'number') return { value: cell, type: Number, format: '#,##0' };
  if ('day' in cell) return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' };
  return { value: cell.value, type: Number, format: FORMATS[cell.as] };
}
