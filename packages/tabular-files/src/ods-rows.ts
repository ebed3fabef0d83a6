import type { ZipArchive } from './archives.js';
import { MOST_COLUMNS } from './limits.js';
import { plainNumber, RowBuilder } from './spreadsheet.js';
import type { Cell, Row } from './table.js';
import { readXml } from './xml.js';

/** A row that says that it stands for many: blank ones are skipped, others are written out up to here. */
const MOST_REPEATED_ROWS = 10_000;

/** The rows of the first sheet of an OpenDocument spreadsheet. Source: OASIS OpenDocument 1.3, part 3, chapter 9. */
export async function* readOdsRows(archive: ZipArchive): AsyncGenerator<Row[]> {
  const rows = new RowBuilder();
  let sheet = 0;
  let line = 0;
  let rowTimes = 1;
  let column = 0;
  let cellTimes = 1;
  let attributes: Readonly<Record<string, string>> = {};
  let paragraphs: string[] = [];
  let depthOfText = 0;
  let inAnnotation = false;
  yield* readXml(
    archive.bytes('content.xml').open(),
    'content.xml',
    {
      open: (name, given) => {
        switch (name) {
          case 'table:table':
            sheet++;
            break;
          case 'table:table-row':
            rowTimes = times(given['table:number-rows-repeated']);
            column = 0;
            break;
          case 'table:table-cell':
          case 'table:covered-table-cell':
            attributes = given;
            cellTimes = times(given['table:number-columns-repeated']);
            paragraphs = [];
            break;
          case 'office:annotation':
            inAnnotation = true;
            break;
          case 'text:p':
            if (!inAnnotation) paragraphs.push('');
            depthOfText++;
            break;
          case 'text:s':
            addText(paragraphs, ' '.repeat(Math.min(1000, times(given['text:c']))), inAnnotation);
            break;
          case 'text:tab':
            addText(paragraphs, '\t', inAnnotation);
            break;
          case 'text:line-break':
            addText(paragraphs, '\n', inAnnotation);
        }
      },
      text: (text) => {
        if (depthOfText > 0) addText(paragraphs, text, inAnnotation);
      },
      close: (name) => {
        switch (name) {
          case 'office:annotation':
            inAnnotation = false;
            break;
          case 'text:p':
            depthOfText--;
            break;
          case 'table:table-cell':
          case 'table:covered-table-cell': {
            const cell = cellOf(attributes, paragraphs.join('\n'));
            // A blank cell repeated to the sheet's edge is nothing; a filled one is written out, up to the limit of columns.
            if (cell !== '' && sheet === 1)
              for (let i = 0; i < Math.min(cellTimes, MOST_COLUMNS + 1); i++) rows.put(column + i, cell, line + 1);
            column += cellTimes;
            break;
          }
          case 'table:table-row':
            if (sheet === 1) rows.endRow(line + 1, Math.min(rowTimes, MOST_REPEATED_ROWS));
            line += rowTimes;
        }
      },
    },
    () => rows.take(),
  );
  yield* rows.take(1);
}

function cellOf(attributes: Readonly<Record<string, string>>, text: string): Cell {
  switch (attributes['office:value-type']) {
    case 'float':
    case 'currency': {
      const number = plainNumber(attributes['office:value'] ?? '');
      return number === undefined ? text : { number };
    }
    case 'date':
      return { date: (attributes['office:date-value'] ?? '').slice(0, 10) };
    default:
      return text;
  }
}

function addText(paragraphs: string[], text: string, elsewhere: boolean): void {
  if (!elsewhere && paragraphs.length > 0) paragraphs[paragraphs.length - 1] += text;
}

function times(attribute: string | undefined): number {
  const count = Number(attribute ?? 1);
  return Number.isSafeInteger(count) && count > 0 ? count : 1;
}
