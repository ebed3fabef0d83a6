import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openTable } from '@gpect/tabular-files/open-table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { zipOf } from '@gpect/tabular-files/zip-fixture';
import { completed, type WrittenDialect } from '../src/dialect/dialect.js';
import { type Preview, previewOf } from '../src/preview/preview.js';
import { CASE_DIALECT, type CaseResult, readCase } from './read-case.js';

/** Small files as clerks and their programs write them. */

export const SIRET = '55208131706650';
export const HEADINGS = ['Référence', 'SIRET', 'Date de paiement', 'Dispositif', 'Montant HT'];
export const payment = (reference: string, amount: string, day = '15/03/2012') => [
  reference,
  SIRET,
  day,
  'DIF',
  amount,
];

/** A cell: its text, a number in a format (a format code of Excel), a text struck through, or XML of its own. */
export type Written =
  | string
  | { readonly number: string; readonly format: string }
  | { readonly struck: string }
  | { readonly xml: string };
type Rows = readonly (readonly Written[])[] & { readonly merges?: readonly string[] };

/** The same rows in a sheet that merges cells (`E2:E4`). */
export const merging = (rows: Rows, ...merges: string[]): Rows => Object.assign([...rows], { merges });
export const struckThrough = (cells: readonly string[]) => cells.map((struck) => ({ struck }));

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const zipped = (entries: Readonly<Record<string, string>>) =>
  zipOf(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, Buffer.from(text)])));

/** One payment with a column of its own beside it. */
export const withColumn = (heading: string, word: string, amount = '10,00'): Buffer =>
  csvOf([
    [...HEADINGS, heading],
    [...payment('R1', amount), word],
  ]);

export function csvOf(rows: readonly (readonly string[])[], delimiter = ';'): Buffer {
  return Buffer.from(rows.map((cells) => cells.join(delimiter)).join('\r\n'));
}

/** What a workbook says of how its formulas were reckoned. */
interface OfWorkbook {
  readonly reckoning: string;
}

export function xlsxOf(...given: readonly (Rows | OfWorkbook)[]): Buffer {
  const sheets = given.filter((one): one is Rows => !('reckoning' in one));
  const reckoning = given.map((one) => ('reckoning' in one ? `<calcPr ${one.reckoning}/>` : '')).join('');
  const formats = [
    ...new Set(sheets.flat(2).flatMap((c) => (typeof c === 'object' && 'format' in c ? [c.format] : []))),
  ];
  const cell = (written: Written, at: string) => {
    if (typeof written === 'string')
      return written === '' ? '' : `<c r="${at}" t="inlineStr"><is><t>${escaped(written)}</t></is></c>`;
    if ('xml' in written) return written.xml;
    if ('struck' in written)
      return `<c r="${at}" s="${formats.length + 1}" t="inlineStr"><is><t>${escaped(written.struck)}</t></is></c>`;
    return `<c r="${at}" s="${formats.indexOf(written.format) + 1}"><v>${written.number}</v></c>`;
  };
  const merged = ({ merges = [] }: Rows) =>
    merges.length > 0 ? `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : '';
  const parts = sheets.map((rows, s) => {
    const lines = rows.map((cells, y) => {
      const inside = cells.map((c, x) => cell(c, `${String.fromCharCode(65 + x)}${y + 1}`)).join('');
      return `<row r="${y + 1}">${inside}</row>`;
    });
    return [
      `xl/worksheets/sheet${s + 1}.xml`,
      `<worksheet><sheetData>${lines.join('')}</sheetData>${merged(rows)}</worksheet>`,
    ] as const;
  });
  const each = (text: (at: number) => string) => sheets.map((_, i) => text(i + 1)).join('');
  const own = formats.map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${escaped(code)}"/>`).join('');
  return zipped({
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${each((i) => `<sheet name="Feuille ${i}" r:id="r${i}"/>`)}</sheets>${reckoning}</workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${each((i) => `<Relationship Id="r${i}" Type="x/worksheet" Target="worksheets/sheet${i}.xml"/>`)}</Relationships>`,
    'xl/styles.xml': `<styleSheet><numFmts>${own}</numFmts><fonts><font><strike val="0"/></font><font><b/><strike/></font></fonts><cellXfs><xf numFmtId="0"/>${formats.map((_, i) => `<xf numFmtId="${200 + i}" fontId="0"/>`).join('')}<xf numFmtId="0" fontId="1"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>`,
    ...Object.fromEntries(parts),
  });
}

/** `style` is what stands within the data style `N` of the cell style `c`, which cells of their own XML can name. */
export function odsOf(rows: Rows, style = ''): Buffer {
  const cell = (written: Written) => {
    if (typeof written === 'object' && 'struck' in written)
      return `<table:table-cell table:style-name="of-struck" office:value-type="string"><text:p>${escaped(written.struck)}</text:p></table:table-cell>`;
    if (typeof written === 'object') return 'xml' in written ? written.xml : '';
    return `<table:table-cell office:value-type="string"><text:p>${escaped(written)}</text:p></table:table-cell>`;
  };
  const lines = rows.map((cells) => `<table:table-row>${cells.map(cell).join('')}</table:table-row>`).join('');
  const spaces = ['office', 'table', 'text', 'style', 'number', 'draw']
    .map((name) => `xmlns:${name}="${name}"`)
    .join(' ');
  return zipped({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `<office:document-content ${spaces}><office:automatic-styles><number:number-style style:name="N">${style}</number:number-style><style:style style:name="c" style:family="table-cell" style:data-style-name="N"/><style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="of-struck" style:family="table-cell" style:parent-style-name="struck"/><style:style style:name="not-struck" style:family="table-cell" style:parent-style-name="struck"><style:text-properties style:text-line-through-style="none"/></style:style><style:style style:name="struck-text" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style><style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Feuille 1">${lines}</table:table></office:spreadsheet></office:body></office:document-content>`,
  });
}

/** A number of a sheet of OpenDocument in the style of `odsOf`. */
export const odsNumber = (value: string) => ({
  xml: `<table:table-cell table:style-name="c" office:value-type="float" office:value="${value}"><text:p>?</text:p></table:table-cell>`,
});

/** Reads small files in a folder, each by the product's own way. */
export function readerIn(folder: string) {
  let files = 0;
  return (bytes: Buffer, dialect: Partial<WrittenDialect> = {}): Promise<CaseResult> => {
    const path = join(folder, `${files++}`);
    writeFileSync(path, bytes);
    return readCase(path, { ...CASE_DIALECT, ...dialect });
  };
}

/** What was taken of a file in cents, or why it is refused as a whole; and why lines are refused. */
export function outcomesOf({ code, accepted, refused }: CaseResult): [taken: string | number[], refused: string[]] {
  return [code ?? accepted.map(({ cents }) => cents), Object.values(refused)];
}

/** What the preview of a small file says in French, where no dialect is given. */
export function previewerIn(folder: string) {
  let files = 0;
  return async (
    bytes: Buffer,
    { given, most = 10 }: { given?: WrittenDialect; most?: number } = {},
  ): Promise<Omit<Preview, 'dialect'> & { dialect: WrittenDialect }> => {
    const path = join(folder, `preview-${files++}`);
    writeFileSync(path, bytes);
    const open = () => Readable.from([bytes], { objectMode: false });
    const file = { size: bytes.length, open, path: async () => path };
    const dialect = given && completed(given);
    const table = await openTable(file, dialect ?? { encoding: 'auto', delimiter: 'auto' });
    try {
      const preview = await previewOf(table, { given: dialect, most, language: 'fr', closed: async () => 0 });
      const faults = preview.faults.map((text) => text.replaceAll('\u00a0', ' '));
      return { ...preview, faults, dialect: preview.dialect as unknown as WrittenDialect };
    } finally {
      table.close();
    }
  };
}

/** What the preview of a file shows would become of it, in the words of its report. */
export async function previewed(
  preview: ReturnType<typeof previewerIn>,
  bytes: Buffer,
  given: WrittenDialect,
): Promise<{ cents: number; refused: string | Record<string, string>; remarks: readonly string[] }> {
  try {
    const { codedFaults = [], remarks = [], lines } = await preview(bytes, { given, most: 1000 });
    const [fault] = codedFaults;
    const cents = lines.map(({ outcome, read }) =>
      outcome === 'accepted' ? Number((read as Record<string, unknown> | undefined)?.['amountCents']) : 0,
    );
    const refused = Object.fromEntries(lines.flatMap(({ line, refusal }) => (refusal ? [[line, refusal.reason]] : [])));
    if (fault) return { cents: 0, refused: fault.code, remarks: [] };
    return { cents: cents.reduce((a, b) => a + b, 0), refused, remarks: remarks.map(({ code }) => code) };
  } catch (error) {
    if (error instanceof FileUnreadable) return { cents: 0, refused: error.code, remarks: [] };
    throw error;
  }
}
