import { type Bytes, gunzipped, isGzip, isZip, type Packing, ZipArchive } from './archives.js';
import { readCsvRows } from './csv-rows.js';
import { checkDelimiter, findDelimiter } from './delimiter.js';
import { readOdsRows } from './ods-rows.js';
import { type Declared, HEAD_ROWS, type Row, type Table, type TableFormat } from './table.js';
import { asUtf8, examineText, type TextProfile } from './text-encoding.js';
import { FileUnreadable } from './unreadable.js';
import { openWorkbook, readXlsxRows } from './xlsx-rows.js';

/** The bytes of a file, readable again, and as a file on disk for formats whose directory is at their end. */
export interface FileBytes extends Bytes {
  path(): Promise<string>;
}

/**
 * Finds out what a file is by its bytes (its name is not looked at) and opens it. The whole file is looked at once before
 * any line is given, so what is no table is refused before anything is taken.
 * @throws FileUnreadable
 */
export async function openTable(file: FileBytes, declared: Declared): Promise<Table & { close(): void }> {
  const head = await firstBytes(file);
  if (isGzip(head)) return { ...(await openText(gunzipped(file), declared, 'gzip')), close: () => undefined };
  if (!isZip(head)) return { ...(await openText(file, declared)), close: () => undefined };
  const archive = await ZipArchive.open(await file.path());
  try {
    return { ...(await openArchive(archive, declared)), close: () => archive.close() };
  } catch (error) {
    archive.close();
    throw error;
  }
}

const SIGNATURE_BYTES = 16;

async function openArchive(archive: ZipArchive, declared: Declared): Promise<Table> {
  if (archive.has('xl/workbook.xml')) {
    const workbook = await openWorkbook(archive);
    return openSheet('xlsx', () => readXlsxRows(archive, workbook));
  }
  if (archive.has('content.xml') && archive.has('mimetype')) return openSheet('ods', () => readOdsRows(archive));
  return openText(archive.bytes(archive.theOnlyFile()), declared, 'zip');
}

/** A sheet is read once to its end first: its lines are counted, and a damaged one gives none. */
async function openSheet(format: TableFormat, rows: () => AsyncGenerator<Row[]>): Promise<Table> {
  const head: Row[] = [];
  let lines = 0;
  for await (const batch of rows()) {
    if (head.length < HEAD_ROWS) head.push(...batch.slice(0, HEAD_ROWS - head.length));
    lines += batch.length;
  }
  if (lines === 0) throw new FileUnreadable('file_empty', 'the first sheet is blank; the table must stand there');
  return { format, lines, head, rows };
}

async function openText(bytes: Bytes, declared: Declared, packing?: Packing): Promise<Table> {
  const first = await firstBytes(bytes);
  refuseOtherFormats(first, packing);
  const profile = await examineText(bytes.open());
  const encoding = checkEncoding(profile, declared.encoding);
  const text = await headText(profile, encoding);
  if (declared.delimiter !== 'auto') checkDelimiter(text, declared.delimiter);
  const delimiter = declared.delimiter === 'auto' ? findDelimiter(text) : declared.delimiter;
  const rows = () => readCsvRows(asUtf8(bytes.open(), encoding), delimiter);
  const head: Row[] = [];
  for await (const batch of rows()) {
    head.push(...batch.slice(0, HEAD_ROWS));
    break;
  }
  if (head.length === 0) throw new FileUnreadable('file_empty', 'the file has only blank lines');
  return { format: 'csv', ...(packing ? { packing } : {}), encoding, delimiter, lines: profile.lines, head, rows };
}

const OLE2 = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

function refuseOtherFormats(head: Buffer, packing: Packing | undefined): void {
  if (isGzip(head) || isZip(head))
    throw new FileUnreadable('archive_nested', `the ${packing} archive holds another archive; send the file inside it`);
  if (head.subarray(0, 5).toString('latin1') === '%PDF-')
    throw new FileUnreadable('pdf_given', 'the file is a PDF, whatever its name; export the table as CSV, XLSX or ODS');
  if (head.subarray(0, 4).equals(OLE2))
    throw new FileUnreadable('old_excel_given', 'the file is a workbook of before 2007 (.xls); save it as .xlsx');
}

/** Windows-1252 and ISO-8859-15 hold the same letters, so either passes for the other only where no sign tells them apart. */
function checkEncoding({ encoding: found, head }: TextProfile, declared: string): string {
  if (declared === 'auto' || declared === found) return found;
  const ascii = head.every((byte) => byte < 0x80);
  if (found === 'utf-8' && ascii && !declared.startsWith('utf-16')) return declared;
  if (found === 'windows-1252' && declared === 'iso-8859-15') return declared;
  if (found === 'iso-8859-15' && declared === 'windows-1252') return declared;
  throw new FileUnreadable(
    'encoding_differs',
    `the file is ${found}, and the dialect says ${declared}; save it in ${declared}, or change the dialect`,
  );
}

async function headText({ head }: TextProfile, encoding: string): Promise<string> {
  // The head may end within a character: what is cut off there is left out.
  const text = new TextDecoder(encoding, { fatal: false }).decode(head, { stream: true });
  return text.slice(0, 256 * 1024);
}

/** Enough of the beginning to know a format by, however small the pieces in which it comes. */
async function firstBytes({ open }: Bytes): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of open()) {
    pieces.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes >= SIGNATURE_BYTES) break;
  }
  return Buffer.concat(pieces);
}
