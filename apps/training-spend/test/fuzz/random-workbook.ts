import { zipOf } from '@gpect/tabular-files/zip-fixture';
import type { Dice, Meant } from './meant.js';

/** Writes the same rows as a workbook, with days and amounts as numbers where the dice say so. Sources: ECMA-376, OpenDocument 1.3. */
export function workbook(
  dice: Dice,
  form: 'xlsx' | 'ods',
  rows: readonly { readonly cells: readonly string[]; readonly meant?: Meant }[],
  order: readonly string[],
): Buffer {
  const numbers = dice.chance(0.7);
  const days = dice.chance(0.6);
  const sheet: Cell[][] = rows.map(({ cells, meant }) =>
    cells.map((text, at): Cell => {
      const field = order[at];
      // What is refused, and totals, stay as they were written.
      if (meant?.outcome !== 'taken') return { text };
      if (field === 'amount' && numbers) return { number: decimalOf(meant.cents) };
      if (field === 'paidOn' && days) return { day: meant.paidOn };
      return { text };
    }),
  );
  return form === 'xlsx' ? xlsxOf(sheet) : odsOf(sheet);
}

type Cell = { readonly text: string } | { readonly number: string } | { readonly day: string };

const decimalOf = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const escaped = (text: string) => text.replace(/[&<>"\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const serialOf = (day: string) => (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;
const utf8 = (text: string) => Buffer.from(text, 'utf8');

function xlsxOf(sheet: readonly (readonly Cell[])[]): Buffer {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const cell = (c: Cell) => {
    if ('number' in c) return `<c s="2"><v>${c.number}</v></c>`;
    if ('day' in c) return `<c s="1"><v>${serialOf(c.day)}</v></c>`;
    return c.text === '' ? '<c/>' : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(c.text)}</t></is></c>`;
  };
  const data = sheet.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('');
  return zipOf({
    'xl/workbook.xml': utf8(
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Feuil1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': utf8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': utf8(
      `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="4"/></cellXfs></styleSheet>`,
    ),
    'xl/worksheets/sheet1.xml': utf8(`<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`),
  });
}

function odsOf(sheet: readonly (readonly Cell[])[]): Buffer {
  const names = ['office', 'table', 'text', 'style', 'number']
    .map(
      (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name === 'number' ? 'datastyle' : name}:1.0"`,
    )
    .join(' ');
  const cell = (c: Cell) => {
    if ('number' in c)
      return `<table:table-cell office:value-type="float" office:value="${c.number}"><text:p>${c.number}</text:p></table:table-cell>`;
    if ('day' in c)
      return `<table:table-cell office:value-type="date" office:date-value="${c.day}"><text:p>${c.day}</text:p></table:table-cell>`;
    if (c.text === '') return '<table:table-cell/>';
    const paragraphs = c.text
      .split(/\r?\n/)
      .map((line) => `<text:p>${escaped(line).replace(/\t/g, '<text:tab/>')}</text:p>`);
    return `<table:table-cell office:value-type="string">${paragraphs.join('')}</table:table-cell>`;
  };
  const rows = sheet.map((cells) => `<table:table-row>${cells.map(cell).join('')}</table:table-row>`).join('');
  return zipOf({
    mimetype: utf8('application/vnd.oasis.opendocument.spreadsheet'),
    'content.xml': utf8(
      `<office:document-content ${names}><office:body><office:spreadsheet><table:table table:name="Feuille1">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`,
    ),
  });
}
