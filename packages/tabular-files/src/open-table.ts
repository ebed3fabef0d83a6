import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { type Bytes, gunzipped, isGzip, isZip, type Packing, ZipArchive } from './archives.js';
import { readCsvRows } from './csv-rows.js';
import { checkDelimiter, DELIMITERS, findDelimiter } from './delimiter.js';
import { type Isolation, openIsolated } from './isolated-workbook.js';
import { otherDocument, refuseOtherBytes, refuseOtherText } from './other-formats.js';
import { remark } from './remarks.js';
import { type Declared, HEAD_ROWS, type Row, type Table } from './table.js';
import { asUtf8, examineLines, examineText, type MixedLines, mixedAsUtf8, type TextProfile } from './text-encoding.js';
import { FileUnreadable } from './unreadable.js';
import type { WorkbookFormat } from './workbook.js';

/** The bytes of a file, readable again, and as a file on disk for formats whose directory is at their end. */
export interface FileBytes extends Bytes {
  path(): Promise<string>;
}

export type OpenTable = Table & { close(): void };

/**
 * Finds out what a file is by its bytes (its name is not looked at) and opens it. The whole file is looked at once before
 * any line is given, so what is no table is refused before anything is taken.
 * @throws FileUnreadable; ReaderKilled where the thread that reads a workbook died of it; ReadersBusy where none is free
 */
export async function openTable(file: FileBytes, declared: Declared, isolation?: Isolation): Promise<OpenTable> {
  const head = await firstBytes(file);
  if (isGzip(head)) return openGzip(gunzipped(file), declared, isolation);
  if (!isZip(head)) return { ...(await openText(file, declared)), close: () => undefined };
  const path = await file.path();
  const archive = await ZipArchive.open(path);
  try {
    const format = await workbookIn(archive);
    if (format) {
      archive.close();
      return await openWorkbookAt(path, format, declared, isolation);
    }
    const packed = archive.bytes(archive.theOnlyFile());
    if (isZip(await firstBytes(packed))) {
      const workbook = await openPackedWorkbook(packed, 'zip', declared, isolation);
      archive.close();
      return workbook;
    }
    const text = await openText(packed, declared, 'zip');
    return { ...text, close: () => archive.close() };
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function openGzip(packed: Bytes, declared: Declared, isolation: Isolation | undefined): Promise<OpenTable> {
  if (isZip(await firstBytes(packed))) return openPackedWorkbook(packed, 'gzip', declared, isolation);
  return { ...(await openText(packed, declared, 'gzip')), close: () => undefined };
}

async function openWorkbookAt(
  path: string,
  format: WorkbookFormat,
  declared: Declared,
  isolation: Isolation | undefined,
): Promise<OpenTable> {
  const workbook = await openIsolated(path, format, declared.sheets, isolation);
  if (workbook.parts.every(({ head: first }) => first.every(isQuotedLine))) {
    workbook.close();
    throw new FileUnreadable('lines_in_one_cell');
  }
  return { format, ...workbook };
}

/** Folders of this name that nobody uses any more are removed by the services. */
const FOLDER = 'gpect-spool-';

/** A workbook is an archive itself, and read from the disk: in an archive of one file it is unpacked beside it first. */
async function openPackedWorkbook(
  packed: Bytes,
  packing: Packing,
  declared: Declared,
  isolation: Isolation | undefined,
): Promise<OpenTable> {
  const folder = await mkdtemp(join(tmpdir(), FOLDER));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'workbook');
    await pipeline(packed.open(), createWriteStream(path));
    const archive = await ZipArchive.open(path);
    const format = await workbookIn(archive).finally(() => archive.close());
    if (!format) throw new FileUnreadable('archive_nested', { packing });
    const { close, ...workbook } = await openWorkbookAt(path, format, declared, isolation);
    return {
      ...workbook,
      packing,
      close: () => {
        close();
        remove().catch(() => undefined);
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

const SIGNATURE_BYTES = 4096;
const UTF8_MARK = Buffer.from('\ufeff');

/** @throws FileUnreadable for what is another program's document in a zip archive */
async function workbookIn(archive: ZipArchive): Promise<WorkbookFormat | undefined> {
  if (archive.has('xl/workbook.xml')) return 'xlsx';
  const other = await otherDocument(archive);
  if (other) throw other;
  return archive.has('content.xml') && archive.has('mimetype') ? 'ods' : undefined;
}

async function openText(bytes: Bytes, declared: Declared, packing?: Packing): Promise<Table> {
  const first = await firstBytes(bytes);
  if (isGzip(first) || isZip(first)) throw new FileUnreadable('archive_nested', { packing: packing ?? '' });
  await refuseOtherBytes(first, bytes);
  const profile = await examineText(bytes.open());
  const mixed = await mixedLines(profile, bytes);
  const others = mixed && encodingOfOthers(mixed, declared.encoding);
  const encoding =
    mixed && !declared.encoding.startsWith('utf-16') ? 'utf-8' : checkEncoding(profile, declared.encoding);
  if (!mixed && (encoding === 'windows-1252' || encoding === 'iso-8859-15') && profile.strange !== undefined)
    throw ambiguous(profile.strange);
  const text = await headText(profile, encoding);
  refuseOtherText(text);
  if (declared.delimiter !== 'auto') checkDelimiter(text, declared.delimiter);
  const delimiter = declared.delimiter === 'auto' ? findDelimiter(text) : declared.delimiter;
  const rows = () =>
    readCsvRows(others ? mixedAsUtf8(bytes.open(), others) : asUtf8(bytes.open(), encoding), delimiter);
  const head: Row[] = [];
  for await (const batch of rows()) {
    head.push(...batch.slice(0, HEAD_ROWS - head.length));
    // A batch is as long as what came at once, which may be a line.
    if (head.length >= HEAD_ROWS) break;
  }
  if (head.length === 0) throw new FileUnreadable('file_empty.blank');
  if (head.every(isQuotedLine)) throw new FileUnreadable('lines_quoted');
  return {
    format: 'csv',
    ...(packing ? { packing } : {}),
    encoding,
    delimiter,
    parts: [{ before: 0, lines: profile.lines, head, hiddenColumns: [] }],
    remarks: mixed
      ? [remark('bytes_in_other_encoding', { line: mixed.line, count: mixed.others, encoding: others ?? '' })]
      : [],
    rows,
  };
}

/** A line whose one cell holds the cells of a line. */
function isQuotedLine({ cells: [only, ...others] }: Row): boolean {
  return others.length === 0 && typeof only === 'string' && DELIMITERS.some((mark) => only.split(mark).length > 3);
}

/** The lines of a file that is UTF-8 but for some of them; undefined for one that is of one encoding. */
async function mixedLines({ encoding }: TextProfile, bytes: Bytes): Promise<MixedLines | undefined> {
  if (encoding !== 'windows-1252' && encoding !== 'iso-8859-15') return undefined;
  const lines = await examineLines(bytes.open());
  return lines.utf8 > 0 ? lines : undefined;
}

/** What the lines of a file of UTF-8 are that are none: Windows-1252, or what somebody says where that fits no word. */
function encodingOfOthers({ strange }: MixedLines, declared: string): string {
  if (declared === 'macintosh' || declared === 'cp850') return declared;
  if (strange !== undefined) throw ambiguous(strange);
  return 'windows-1252';
}

function ambiguous(byte: number): FileUnreadable {
  return new FileUnreadable('encoding_ambiguous', { byte: `0x${byte.toString(16)}` });
}

/** Windows-1252 and ISO-8859-15 hold the same letters, so either passes for the other only where no sign tells them apart. */
function checkEncoding({ encoding: found, ascii, head, strange }: TextProfile, declared: string): string {
  if (declared === 'auto' || declared === found) return found;
  // Nobody writes this mark by chance: files of refused lines bear it, whatever their dialect.
  if (found === 'utf-8' && head.subarray(0, UTF8_MARK.length).equals(UTF8_MARK)) return found;
  if (found === 'utf-8' && ascii && !declared.startsWith('utf-16')) return declared;
  // What no rule can find out, somebody says.
  if (found !== 'utf-8' && (declared === 'macintosh' || declared === 'cp850')) return declared;
  if (found === 'windows-1252' && declared === 'iso-8859-15') return declared;
  if (found === 'iso-8859-15' && declared === 'windows-1252') return declared;
  if (strange !== undefined) throw ambiguous(strange);
  throw new FileUnreadable('encoding_differs', { found, declared });
}

async function headText({ head }: TextProfile, encoding: string): Promise<string> {
  // The head may end within a character: what is cut off there is left out.
  const text =
    encoding === 'cp850'
      ? iconv.decode(head, encoding)
      : new TextDecoder(encoding, { fatal: false }).decode(head, { stream: true });
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
