import type { ZipArchive } from './archives.js';
import { MOST_SHARED_CHARACTERS } from './limits.js';
import { plainNumber, RowBuilder } from './spreadsheet.js';
import type { Cell, Row } from './table.js';
import { FileUnreadable } from './unreadable.js';
import { readXml, scanXml } from './xml.js';

/** What a sheet's cells refer to. Source: ECMA-376, parts 1 (SpreadsheetML). */
export interface Workbook {
  readonly sheet: string;
  readonly strings: readonly string[];
  /** Whether the cell style of this number shows a date. */
  readonly dateStyles: ReadonlySet<number>;
  readonly since1904: boolean;
}

const DAYS_1900_TO_1904 = 1462;
/** Built-in number formats that show a day (ECMA-376 18.8.30; 27 to 36 and 50 to 58 in East Asian locales). */
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58]);

/** Reads what is needed to understand the first visible sheet. */
export async function openWorkbook(archive: ZipArchive): Promise<Workbook> {
  let since1904 = false;
  const sheets: { relation: string; hidden: boolean }[] = [];
  await scanXml(archive.bytes('xl/workbook.xml').open(), 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (localName(name) === 'workbookPr') since1904 = isTrue(attributes['date1904']);
      if (localName(name) === 'sheet')
        sheets.push({
          relation: attributes['r:id'] ?? '',
          hidden: attributes['state'] !== undefined && attributes['state'] !== 'visible',
        });
    },
  });
  const first = sheets.find((sheet) => !sheet.hidden);
  if (!first) throw new FileUnreadable('sheet_missing', 'the workbook has no visible sheet');
  return {
    sheet: await sheetPath(archive, first.relation),
    strings: archive.has('xl/sharedStrings.xml') ? await sharedStrings(archive) : [],
    dateStyles: archive.has('xl/styles.xml') ? await dateStylesOf(archive) : new Set(),
    since1904,
  };
}

/** The rows of the first visible sheet; formulas count as the value that was saved with them. */
export async function* readXlsxRows(archive: ZipArchive, workbook: Workbook): AsyncGenerator<Row[]> {
  const rows = new RowBuilder();
  let line = 0;
  let column = -1;
  let type = '';
  let style = 0;
  let value = '';
  let listening = false;
  yield* readXml(
    archive.bytes(workbook.sheet).open(),
    workbook.sheet,
    {
      open: (name, attributes) => {
        switch (localName(name)) {
          case 'row':
            line = Number(attributes['r'] ?? line + 1);
            column = -1;
            break;
          case 'c':
            column = attributes['r'] ? columnOf(attributes['r']) : column + 1;
            type = attributes['t'] ?? 'n';
            style = Number(attributes['s'] ?? 0);
            value = '';
            break;
          case 'v':
          case 't':
            listening = true;
            break;
          case 'rPh':
            listening = false;
        }
      },
      text: (text) => {
        if (listening) value += text;
      },
      close: (name) => {
        const local = localName(name);
        if (local === 'v' || local === 't') listening = false;
        else if (local === 'c' && value !== '') rows.put(column, cellOf(type, value, style, workbook), line);
        else if (local === 'row') rows.endRow(line);
      },
    },
    () => rows.take(),
  );
  yield* rows.take(1);
}

function cellOf(type: string, value: string, style: number, { strings, dateStyles, since1904 }: Workbook): Cell {
  switch (type) {
    case 's':
      return strings[Number(value)] ?? '';
    case 'n': {
      const number = plainNumber(value);
      if (number === undefined) return value;
      return dateStyles.has(style) ? dateOf(number, since1904) : { number };
    }
    case 'd':
      return { date: value.slice(0, 10) };
    default:
      return value;
  }
}

/** The day of a serial: days since 1899-12-30 (or 1904-01-01), the time of day dropped. */
function dateOf(serial: string, since1904: boolean): Cell {
  const days = Math.floor(Number(serial)) + (since1904 ? DAYS_1900_TO_1904 : 0);
  if (!(days > 60 && days < 2_958_466)) return { number: serial };
  return { date: new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10) };
}

async function sheetPath(archive: ZipArchive, relation: string): Promise<string> {
  let target = 'worksheets/sheet1.xml';
  const part = 'xl/_rels/workbook.xml.rels';
  if (archive.has(part)) {
    await scanXml(archive.bytes(part).open(), part, {
      open: (_name, attributes) => {
        if (attributes['Id'] === relation) target = attributes['Target'] ?? target;
      },
    });
  }
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!archive.has(path)) throw new FileUnreadable('sheet_missing', `the workbook has no ${path}; save it again`);
  return path;
}

async function sharedStrings(archive: ZipArchive): Promise<string[]> {
  const strings: string[] = [];
  let current = '';
  let characters = 0;
  let listening = false;
  await scanXml(archive.bytes('xl/sharedStrings.xml').open(), 'xl/sharedStrings.xml', {
    open: (name) => {
      const local = localName(name);
      if (local === 'si') current = '';
      listening = local === 't' || (listening && local !== 'rPh');
    },
    text: (text) => {
      if (listening) current += text;
    },
    close: (name) => {
      const local = localName(name);
      if (local === 't') listening = false;
      if (local !== 'si') return;
      characters += current.length;
      if (characters > MOST_SHARED_CHARACTERS)
        throw new FileUnreadable(
          'too_many_strings',
          'the workbook holds more text than fits in memory; save it as CSV',
        );
      strings.push(current);
    },
  });
  return strings;
}

async function dateStylesOf(archive: ZipArchive): Promise<Set<number>> {
  const custom = new Set<number>();
  const styles = new Set<number>();
  let inCellFormats = false;
  let index = 0;
  await scanXml(archive.bytes('xl/styles.xml').open(), 'xl/styles.xml', {
    open: (name, attributes) => {
      const local = localName(name);
      if (local === 'numFmt' && showsDay(attributes['formatCode'] ?? '')) custom.add(Number(attributes['numFmtId']));
      if (local === 'cellXfs') inCellFormats = true;
      if (local === 'xf' && inCellFormats) {
        const format = Number(attributes['numFmtId'] ?? 0);
        if (DATE_FORMATS.has(format) || custom.has(format)) styles.add(index);
        index++;
      }
    },
    close: (name) => {
      if (localName(name) === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}

/** A format code that names days or years outside its quoted text, e.g. `dd/mm/yyyy`, `[$-40C]d mmm yy`. */
function showsDay(code: string): boolean {
  return /[dyj]|aa/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.replace(/\d+$/, '')) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function isTrue(attribute: string | undefined): boolean {
  return attribute === '1' || attribute === 'true';
}
