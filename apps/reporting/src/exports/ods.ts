import { strToU8, type Zippable, zipSync } from 'fflate';
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

const MEDIA_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const NAMESPACES = [
  'office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
  'table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"',
  'text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
  'style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"',
  'fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"',
  'config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"',
]
  .map((named) => `xmlns:${named}`)
  .join(' ');

/** A workbook of LibreOffice (OpenDocument 1.3): a sheet a table, its head bold and frozen. */
export function odsOf(sheets: readonly Sheet[]): Buffer {
  // The type of the document comes first and unpacked, so that it is known by its first bytes.
  const files: Zippable = {
    mimetype: [strToU8(MEDIA_TYPE), { level: 0 }],
    'content.xml': strToU8(contentOf(sheets)),
    'styles.xml': strToU8(PAGES),
    'settings.xml': strToU8(settingsOf(sheets)),
    'META-INF/manifest.xml': strToU8(MANIFEST),
  };
  return Buffer.from(zipSync(files, { level: 6 }));
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

const MANIFEST = `${DECLARATION}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${[
  ['/', MEDIA_TYPE],
  ['content.xml', 'text/xml'],
  ['styles.xml', 'text/xml'],
  ['settings.xml', 'text/xml'],
]
  .map(([path, type]) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`)
  .join('')}</manifest:manifest>`;

/** On paper a sheet is as wide as a page, and as many pages long as it needs. */
const PAGES = `${DECLARATION}<office:document-styles ${NAMESPACES} office:version="1.3"><office:automatic-styles><style:page-layout style:name="wide"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" fo:margin="15mm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="wide"/></office:master-styles></office:document-styles>`;

const HEAD = 'fo:background-color="#e3eaf2" fo:wrap-option="wrap"';

/** Formats of numbers, and the styles of cells that have them. */
const STYLES = [
  numberStyle('count', 0, { grouped: true }),
  numberStyle('euros', 2, { grouped: true }),
  numberStyle('decimal', 1, { grouped: true }),
  numberStyle('points', 1, { signed: true }),
  numberStyle('share', 1, { unit: '%' }),
  numberStyle('change', 1, { signed: true, unit: '%' }),
  `<number:date-style style:name="N-day"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>`,
  ...['count', 'euros', 'decimal', 'points', 'share', 'change', 'day'].map(
    (as) => `<style:style style:name="${as}" style:family="table-cell" style:data-style-name="N-${as}"/>`,
  ),
  cellStyle('title', 'fo:font-weight="bold" fo:font-size="14pt"'),
  cellStyle('head', 'fo:font-weight="bold"', HEAD),
  cellStyle('head-of-numbers', 'fo:font-weight="bold"', HEAD, 'fo:text-align="end"'),
  cellStyle('long', '', 'fo:wrap-option="wrap"'),
  cellStyle('note', '', 'fo:wrap-option="wrap" style:vertical-align="top"'),
  cellStyle('masked', '', '', 'fo:text-align="end"'),
].join('');

function numberStyle(name: string, digits: number, { grouped = false, signed = false, unit = '' } = {}): string {
  const number = `<number:number number:decimal-places="${digits}" number:min-decimal-places="${digits}" number:min-integer-digits="1"${grouped ? ' number:grouping="true"' : ''}/>${unit ? `<number:text>${unit}</number:text>` : ''}`;
  const kind = unit === '%' ? 'number:percentage-style' : 'number:number-style';
  const styled = (of: string, inside: string) => `<${kind} style:name="${of}">${inside}</${kind}>`;
  if (!signed) return styled(`N-${name}`, number);
  // A format with conditions leaves signs to them.
  const signs = [
    ['above', '&gt;', '+'],
    ['below', '&lt;', '-'],
  ] as const;
  const each = signs.map(([of, , sign]) => styled(`N-${name}-${of}`, `<number:text>${sign}</number:text>${number}`));
  const maps = signs.map(
    ([of, than]) => `<style:map style:condition="value()${than}0" style:apply-style-name="N-${name}-${of}"/>`,
  );
  return each.join('') + styled(`N-${name}`, number + maps.join(''));
}

function cellStyle(name: string, text: string, cell = '', paragraph = ''): string {
  const properties = [
    cell ? `<style:table-cell-properties ${cell}/>` : '',
    paragraph ? `<style:paragraph-properties ${paragraph}/>` : '',
    text ? `<style:text-properties ${text}/>` : '',
  ].join('');
  return `<style:style style:name="${name}" style:family="table-cell">${properties}</style:style>`;
}

function contentOf(sheets: readonly Sheet[]): string {
  const widths = sheets.map(widthsOf);
  const all = [...new Set(widths.flat())];
  const columns = all.map(
    (width) =>
      // A character of 10 pt is about 2 mm wide.
      `<style:style style:name="w${width}" style:family="table-column"><style:table-column-properties style:column-width="${Math.round(width * 2.1)}mm"/></style:style>`,
  );
  const heights = new Set(
    sheets.flatMap(({ notes = [] }, index) =>
      notes.map((note) =>
        linesIn(
          note,
          (widths[index] ?? []).reduce((sum, width) => sum + width, 0),
        ),
      ),
    ),
  );
  const rows = [...heights].map(
    (lines) =>
      `<style:style style:name="h${lines}" style:family="table-row"><style:table-row-properties style:row-height="${lines * 5}mm" style:use-optimal-row-height="false"/></style:style>`,
  );
  const tables = sheets.map((sheet, index) => tableOf(sheet, index, widths[index] ?? []));
  return `${DECLARATION}<office:document-content ${NAMESPACES} office:version="1.3"><office:automatic-styles>${STYLES}${columns.join('')}${rows.join('')}</office:automatic-styles><office:body><office:spreadsheet>${tables.join('')}</office:spreadsheet></office:body></office:document-content>`;
}

function tableOf({ of = [], title, head, rows, notes = [] }: Sheet, index: number, widths: readonly number[]): string {
  const row = (cells: readonly string[], style = '') => `<table:table-row${style}>${cells.join('')}</table:table-row>`;
  const wide = widths.reduce((sum, width) => sum + width, 0);
  // Of cells over several columns a spreadsheet works out no height.
  const noteRow = (note: string) => row([noteCell(note, head.length)], ` table:style-name="h${linesIn(note, wide)}"`);
  const body = [
    ...of.map((line) => row([textCell(line)])),
    row([textCell(title, 'title')]),
    // Repeated on each page.
    `<table:table-header-rows>${row(head.map((text, column) => textCell(text, holdsNumbers(rows, column) ? 'head-of-numbers' : 'head')))}</table:table-header-rows>`,
    ...rows.map((cells) => row(cells.map(cellOf))),
    row(['<table:table-cell/>']),
    ...notes.map(noteRow),
  ].join('');
  const columns = widths.map((width) => `<table:table-column table:style-name="w${width}"/>`).join('');
  return `<table:table table:name="${escaped(nameOfSheet(title, index))}">${columns}${body}</table:table>`;
}

function cellOf(cell: SheetCell): string {
  if (cell === null) return textCell(MASKED, 'masked');
  if (typeof cell === 'string') return textCell(cell, cell.length > 60 ? 'long' : undefined);
  if (typeof cell === 'number') return valueCell('count', 'float', `office:value="${cell}"`, String(cell));
  if ('day' in cell) return valueCell('day', 'date', `office:date-value="${escaped(cell.day)}"`, cell.day);
  const type = cell.as === 'share' || cell.as === 'change' ? 'percentage' : 'float';
  return valueCell(cell.as, type, `office:value="${cell.value}"`, String(cell.value));
}

const valueCell = (style: string, type: string, value: string, shown: string): string =>
  `<table:table-cell table:style-name="${style}" office:value-type="${type}" ${value}><text:p>${escaped(shown)}</text:p></table:table-cell>`;

/** Over all columns of its table. */
const noteCell = (text: string, columns: number): string =>
  textCell(text, 'note').replace('<table:table-cell', `<table:table-cell table:number-columns-spanned="${columns}"`);

const textCell = (text: string, style?: string): string =>
  `<table:table-cell${style ? ` table:style-name="${style}"` : ''} office:value-type="string">${text
    .split(/\r\n|\r|\n/)
    .map((line) => `<text:p>${escaped(line)}</text:p>`)
    .join('')}</table:table-cell>`;

/** As text in XML, without what XML has no way to write. */
function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\t', ' ')
  );
}

/** What is above a table's rows stays where it is when one scrolls. */
function settingsOf(sheets: readonly Sheet[]): string {
  const item = (name: string, type: string, value: string | number) =>
    `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
  const entries = sheets.map((sheet, index) => {
    const { of = [], title } = sheet;
    const frozen = of.length + 2;
    const stays = firstColumnStays(sheet);
    const items = [
      item('VerticalSplitMode', 'short', 2),
      item('VerticalSplitPosition', 'int', frozen),
      ...(stays
        ? [
            item('HorizontalSplitMode', 'short', 2),
            item('HorizontalSplitPosition', 'int', 1),
            item('PositionRight', 'int', 1),
          ]
        : []),
      item('ActiveSplitRange', 'short', stays ? 3 : 2),
      item('PositionBottom', 'int', frozen),
    ];
    return `<config:config-item-map-entry config:name="${escaped(nameOfSheet(title, index))}">${items.join('')}</config:config-item-map-entry>`;
  });
  return `${DECLARATION}<office:document-settings ${NAMESPACES} office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>${item('ViewId', 'string', 'view1')}<config:config-item-map-named config:name="Tables">${entries.join('')}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`;
}
