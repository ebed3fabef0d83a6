import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import writeXlsxFile, { type CellObject, type Feature, type SheetData } from 'write-excel-file/node';
import {
  firstColumnStays,
  holdsNumbers,
  linesIn,
  MASKED,
  nameOfSheet,
  type Sheet,
  type SheetCell,
  widthsOf,
} from './sheet.js';

const FORMATS = {
  euros: '#,##0.00',
  share: '0.0%',
  change: '+0.0%;-0.0%;0.0%',
  points: '+0.0;-0.0;0.0',
  decimal: '#,##0.0',
} as const;

/** Of cells whose letters are said, the library would take another one than of the rest. */
const FONT = { fontFamily: 'Calibri' } as const;
/** A line of a head, in points. */
const LINE = 16;

/** On paper a sheet is as wide as a page, and as many pages long as it needs. */
const ONE_PAGE_WIDE: Feature<Stream | Buffer | Blob> = {
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml) =>
          xml.replace(/<worksheet[^>]*>/, (opening) => `${opening}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`),
        transformElementAttributes: (tag, attributes) =>
          tag === 'pageSetup' ? { ...attributes, fitToWidth: 1, fitToHeight: 0 } : attributes,
      },
    },
  },
};

/** A workbook of Excel: a sheet a table, its head bold and frozen; notes are as wide as their table. */
export function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeXlsxFile(
    sheets.map((sheet, index) => {
      const { of = [], title, head, rows, notes = [] } = sheet;
      const above: SheetData = [
        ...of.map((value): CellObject[] => [{ value: asText(value), type: String }]),
        [{ value: asText(title), type: String, fontWeight: 'bold', fontSize: 14, height: 22, ...FONT }],
      ];
      const widths = widthsOf(sheet);
      const wide = widths.reduce((sum, width) => sum + width, 0);
      const height =
        LINE * Math.max(...head.map((text, column) => Math.ceil(text.length / ((widths[column] ?? 8) - 2))));
      return {
        orientation: 'landscape' as const,
        sheet: nameOfSheet(title, index),
        columns: widths.map((width) => ({ width })),
        stickyRowsCount: above.length + 1,
        ...(firstColumnStays(sheet) ? { stickyColumnsCount: 1 } : {}),
        data: [
          ...above,
          head.map((value, column) => headCell(value, holdsNumbers(rows, column), height)),
          ...rows.map((row) => row.map(cellOf)),
          [],
          ...notes.map((value): CellObject[] => [
            {
              value,
              type: String,
              wrap: true,
              alignVertical: 'top',
              height: LINE * linesIn(value, wide),
              ...(head.length > 1 ? { columnSpan: head.length } : {}),
            },
          ]),
        ],
      };
    }),
    { features: [ONE_PAGE_WIDE] },
  ).toBuffer();
}

const headCell = (value: string, ofNumbers: boolean, height: number): CellObject => ({
  ...FONT,
  height,
  value,
  type: String,
  fontWeight: 'bold',
  backgroundColor: '#E3EAF2',
  wrap: true,
  alignVertical: 'top',
  align: ofNumbers ? 'right' : 'left',
});

/** The library keeps texts by themselves in an object: one that every object has a member of would be written as that. */
const asText = (text: string): string => (MEMBERS.has(text) ? `${text}\u2060` : text);
const MEMBERS = new Set(Object.getOwnPropertyNames(Object.prototype));

function cellOf(cell: SheetCell): CellObject {
  if (cell === null) return { value: MASKED, type: String, align: 'right' };
  // Whatever a text begins with, a cell of text is no formula.
  if (typeof cell === 'string')
    return { value: asText(cell), type: String, wrap: cell.length > 60, alignVertical: 'top' };
  if (typeof cell === 'number') return { value: cell, type: Number, format: '#,##0' };
  if ('day' in cell) return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' };
  return { value: cell.value, type: Number, format: FORMATS[cell.as] };
}
