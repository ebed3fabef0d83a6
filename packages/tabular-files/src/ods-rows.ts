import type { ZipArchive } from './archives.js';
import { LAST_LINE, MOST_COLUMNS, MOST_SHEETS } from './limits.js';
import { DATA_STYLES, type DataStyle, formatsOf, isOfPositive } from './ods-format.js';
import { type Shift, shifted, shiftOf } from './raised-text.js';
import {
  brokenSheet,
  type NumberFormat,
  numberCell,
  PLAIN,
  plainNumber,
  RowBuilder,
  type Sheet,
  type SheetTells,
  truthOf,
  wholeNumber,
} from './spreadsheet.js';
import type { Cell, Row } from './table.js';
import { readXml, scanXml } from './xml.js';

/** Filled rows that say that they stand for many are written out, all of a sheet together up to here. */
const MOST_REPEATED_ROWS = 10_000;
const CONTENT = 'content.xml';
const MOST_STYLES = 100_000;

type Attributes = Readonly<Record<string, string>>;

/** The sheets of a document, and how its cell styles show numbers and days. */
interface Overview {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[];
  readonly formats: ReadonlyMap<string, NumberFormat>;
  /** Styles of cells, and of pieces of their text, that strike through what they show. */
  readonly struck: ReadonlySet<string>;
  /** Styles of pieces of text that show them above or below their line. */
  readonly shifts: ReadonlyMap<string, Shift>;
}

/** The sheets of an OpenDocument spreadsheet in their order. Source: OASIS OpenDocument 1.3, part 3, chapters 9 and 16. */
export async function openOds(archive: ZipArchive): Promise<Sheet[]> {
  const { sheets, ...styles } = await overviewOf(archive);
  return sheets.map(({ name, hidden }, at) => ({
    name,
    hidden,
    rows: (tells) => readSheet(archive, at, styles, tells),
  }));
}

async function* readSheet(
  archive: ZipArchive,
  wanted: number,
  { formats, struck, shifts }: Omit<Overview, 'sheets'>,
  tells: SheetTells,
): AsyncGenerator<Row[]> {
  const rows = new RowBuilder();
  const columnStyles: { until: number; style: string }[] = [];
  let sheet = -1;
  let depth = 0;
  let line = 0;
  let repeated = 0;
  let rowTimes = 1;
  let rowStyle = '';
  let rowHidden = false;
  let column = 0;
  let cellTimes = 1;
  let attributes: Attributes = {};
  let paragraphs: string[] = [];
  let depthOfText = 0;
  /** Of each piece of text that is open, whether its style strikes it through, and whether it shifts it. */
  const spans: { readonly struck: boolean; readonly shift: Shift | undefined }[] = [];
  let hasStruckText = false;
  /** Depth of what lies over the cells: notes, shapes and their text. */
  let aside = 0;
  const here = () => sheet === wanted && depth === 1;
  const styleHere = () =>
    attributes['table:style-name'] ?? (rowStyle || columnStyles.find((c) => column < c.until)?.style) ?? '';
  yield* readXml(
    archive.bytes(CONTENT).open(),
    CONTENT,
    {
      open: (name, given) => {
        if (isAside(name)) aside++;
        switch (name) {
          case 'table:table':
            if (depth === 0) sheet++;
            depth++;
            break;
          case 'table:table-column': {
            if (!here()) break;
            const from = columnStyles.at(-1)?.until ?? 0;
            const until = Math.min(MOST_COLUMNS, from + times(given['table:number-columns-repeated']));
            if (until > from) columnStyles.push({ until, style: given['table:default-cell-style-name'] ?? '' });
            if (isHidden(given)) for (let at = from; at < until; at++) tells.hides(at);
            break;
          }
          case 'table:table-row':
            if (!here()) break;
            rowTimes = times(given['table:number-rows-repeated']);
            rowStyle = given['table:default-cell-style-name'] ?? '';
            rowHidden = isHidden(given);
            column = 0;
            break;
          case 'table:table-cell':
          case 'table:covered-table-cell':
            if (!here()) break;
            attributes = given;
            cellTimes = times(given['table:number-columns-repeated']);
            paragraphs = [];
            hasStruckText = false;
            mergesOf(given, column, line + 1, tells);
            break;
          case 'text:span':
            {
              const style = textStyle(given['text:style-name']);
              spans.push({ struck: struck.has(style), shift: shifts.get(style) ?? spans.at(-1)?.shift });
            }
            break;
          case 'text:p':
            if (aside === 0 && here()) paragraphs.push('');
            depthOfText++;
            break;
          case 'text:s':
            addText(paragraphs, ' '.repeat(Math.min(1000, times(given['text:c']))), aside > 0 || !here());
            break;
          case 'text:tab':
            addText(paragraphs, '\t', aside > 0 || !here());
            break;
          case 'text:line-break':
            addText(paragraphs, '\n', aside > 0 || !here());
        }
      },
      text: (text) => {
        if (depthOfText === 0) return;
        const elsewhere = aside > 0 || !here();
        const shift = spans.at(-1)?.shift;
        addText(paragraphs, shift ? shifted(text, shift, paragraphs.at(-1) ?? '') : text, elsewhere);
        hasStruckText ||= !elsewhere && spans.some((span) => span.struck) && text.trim() !== '';
      },
      close: (name) => {
        if (isAside(name)) aside--;
        switch (name) {
          case 'table:table':
            depth--;
            break;
          case 'text:span':
            spans.pop();
            break;
          case 'text:p':
            depthOfText--;
            break;
          case 'table:table-cell':
          case 'table:covered-table-cell': {
            if (!here()) break;
            const style = styleHere();
            const cell = cellOf(attributes, paragraphs.join('\n'), formats.get(style) ?? PLAIN);
            const isStruck = hasStruckText || struck.has(cellStyle(style));
            paragraphs = [];
            // A blank cell repeated to the sheet's edge is nothing; a filled one is written out, up to the limit of columns.
            if (typeof cell !== 'string' || cell !== '')
              for (let i = 0; i < Math.min(cellTimes, MOST_COLUMNS + 1); i++)
                rows.put(column + i, cell, line + 1, isStruck);
            column = Math.min(LAST_LINE, column + cellTimes);
            break;
          }
          case 'table:table-row':
            if (!here()) break;
            if (rowTimes > 1 && rows.filled) repeated += rowTimes;
            if (repeated > MOST_REPEATED_ROWS) throw brokenSheet(`one row stands for ${rowTimes} rows`);
            rows.endRow(line + 1, rowTimes, rowHidden);
            line += rowTimes;
            if (line > LAST_LINE) throw brokenSheet(`more than ${LAST_LINE} rows`);
        }
      },
    },
    () => rows.take(),
  );
  yield* rows.take(1);
}

function cellOf(attributes: Attributes, text: string, format: NumberFormat): Cell {
  const value = attributes['office:value'] ?? '';
  switch (attributes['office:value-type']) {
    case 'float':
    case 'currency': {
      const number = plainNumber(value);
      if (number === undefined) return text;
      const currency = attributes['office:currency'];
      if (currency !== undefined && currency !== 'EUR') return numberCell(number, { kind: 'unit', unit: currency });
      if (format.kind === 'truth') return truthOf(Number(number) !== 0);
      const shown = ['number', 'unit', 'scaled', 'percent'].includes(format.kind) ? format : PLAIN;
      return numberCell(number, currency === undefined ? shown : { ...shown, euro: true });
    }
    case 'percentage': {
      const number = plainNumber(value);
      return number === undefined ? text : numberCell(number, { kind: 'percent' });
    }
    case 'time': {
      const [, hours = '0', minutes = '0'] =
        /^-?PT(\d{1,6})H(?:(\d{1,2})M)?/.exec(attributes['office:time-value'] ?? '') ?? [];
      const shown = `${Number(hours)}:${minutes.padStart(2, '0')}`;
      return { number: String((Number(hours) + Number(minutes) / 60) / 24), kind: 'duration', shown };
    }
    case 'date': {
      const date = (attributes['office:date-value'] ?? '').trim();
      return format.kind === 'month' ? { number: date.slice(0, 10), kind: 'month', shown: date.slice(0, 7) } : { date };
    }
    case 'boolean':
      return truthOf(attributes['office:boolean-value'] === 'true');
    case undefined:
      return text === '' && attributes['table:formula'] !== undefined ? { text: '', kind: 'formula' } : text;
    default:
      return /^(?:#[A-Z/0!?]+|Err:\d+)$/.test(text) && attributes['table:formula'] !== undefined
        ? { text, kind: 'error' }
        : text;
  }
}

/** Which sheets there are and are hidden, which styles show dates without a day, or add a unit to a number. */
async function overviewOf(archive: ZipArchive): Promise<Overview> {
  const sheets: { name: string; style: string; hidden: boolean }[] = [];
  let depth = 0;
  const hiddenSheets = new Set<string>();
  const struckBy = new Map<string, StruckBy>();
  const shifts = new Map<string, Shift>();
  const dataStyles = new Map<string, DataStyle>();
  const dataStyleOf = new Map<string, string>();
  let family = '';
  let styleName = '';
  let data: DataStyle | undefined;
  const note = (name: string, attributes: Attributes) => {
    if (dataStyleOf.size + dataStyles.size + hiddenSheets.size + struckBy.size > MOST_STYLES)
      throw brokenSheet(`more than ${MOST_STYLES} styles`);
    switch (name) {
      case 'table:table':
        depth++;
        // A table within a cell is no sheet.
        if (depth > 1) break;
        if (sheets.length >= MOST_SHEETS) throw brokenSheet(`more than ${MOST_SHEETS} sheets`);
        sheets.push({
          name: attributes['table:name'] ?? '',
          style: attributes['table:style-name'] ?? '',
          hidden: attributes['table:display'] === 'false',
        });
        break;
      case 'style:style':
        family = attributes['style:family'] ?? '';
        styleName = attributes['style:name'] ?? '';
        if (attributes['style:data-style-name']) dataStyleOf.set(styleName, attributes['style:data-style-name']);
        struckBy.set(`${family} ${styleName}`, { parent: `${family} ${attributes['style:parent-style-name'] ?? ''}` });
        break;
      case 'style:text-properties': {
        const own = strikes(attributes);
        const style = struckBy.get(`${family} ${styleName}`);
        if (own !== undefined && style) style.own = own;
        const shift = family === 'text' ? shiftOf(attributes['style:text-position']) : undefined;
        if (shift) shifts.set(textStyle(styleName), shift);
        break;
      }
      case 'style:table-properties':
        if (family === 'table' && attributes['table:display'] === 'false') hiddenSheets.add(styleName);
        break;
      case 'number:day':
        if (data) data.day = true;
        break;
      case 'number:number':
        if (data) data.number = attributes;
        break;
      case 'style:map':
        if (data && isOfPositive(attributes['style:condition']))
          data.ofPositive ??= attributes['style:apply-name'] ?? '';
        break;
      default:
        if (DATA_STYLES.has(name))
          data = { name: attributes['style:name'] ?? '', kind: name, day: false, before: '', after: '' };
    }
  };
  for (const part of ['styles.xml', CONTENT]) {
    if (!archive.has(part)) continue;
    let inText = false;
    await scanXml(archive.bytes(part).open(), part, {
      open: (name, attributes) => {
        inText = name === 'number:text' || name === 'number:currency-symbol';
        note(name, attributes);
      },
      text: (text) => {
        if (!inText || !data || data.before.length + data.after.length > 100) return;
        if (data.number) data.after += text;
        else data.before += text;
      },
      close: (name) => {
        inText = false;
        if (name === 'table:table') depth--;
        if (!data || name !== data.kind) return;
        dataStyles.set(data.name, data);
        data = undefined;
      },
    });
  }
  const known = formatsOf(dataStyles);
  const formats = new Map([...dataStyleOf].map(([style, name]) => [style, known.get(name) ?? PLAIN]));
  return {
    sheets: sheets.map(({ name, style, hidden }) => ({ name, hidden: hidden || hiddenSheets.has(style) })),
    formats,
    shifts,
    struck: new Set([...struckBy.keys()].filter((style) => isStruckBy(struckBy, style))),
  };
}

/** What a style says of a line through its text, and the style that it follows where it says nothing. */
interface StruckBy {
  readonly parent: string;
  own?: boolean;
}

const cellStyle = (name: string): string => `table-cell ${name}`;
const textStyle = (name = ''): string => `text ${name}`;
/** No program lets styles follow each other further than that. */
const DEEPEST_STYLE = 20;

function strikes(attributes: Attributes): boolean | undefined {
  const said = attributes['style:text-line-through-style'] ?? attributes['style:text-line-through-type'];
  return said === undefined ? undefined : said !== 'none';
}

function isStruckBy(styles: ReadonlyMap<string, StruckBy>, name: string): boolean {
  let style = styles.get(name);
  for (let depth = 0; style && style.own === undefined && depth < DEEPEST_STYLE; depth++)
    style = styles.get(style.parent);
  return style?.own === true;
}

/** Cells that one of them stands for, where it says so. */
function mergesOf(attributes: Attributes, column: number, line: number, { merges }: SheetTells): void {
  const [columns, lines] = [
    times(attributes['table:number-columns-spanned']),
    times(attributes['table:number-rows-spanned']),
  ];
  if (columns > 1 || lines > 1)
    merges({ from: { column, line }, to: { column: column + columns - 1, line: line + lines - 1 } });
}

function isAside(name: string): boolean {
  return name === 'office:annotation' || name.startsWith('draw:');
}

function isHidden(attributes: Attributes): boolean {
  const visibility = attributes['table:visibility'];
  return visibility === 'collapse' || visibility === 'filter';
}

function addText(paragraphs: string[], text: string, elsewhere: boolean): void {
  if (!elsewhere && paragraphs.length > 0) paragraphs[paragraphs.length - 1] += text;
}

function times(attribute: string | undefined): number {
  const count = wholeNumber(attribute) ?? 1;
  return count > 0 ? Math.min(count, LAST_LINE) : 1;
}
