import type { Bytes, ZipArchive } from './archives.js';
import { DELIMITERS } from './delimiter.js';
import { FileUnreadable } from './unreadable.js';

/** What is sent instead of a table, each told by what it is: its own program can save it as one. */

const OLE2 = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
/** The stream of an encrypted workbook, as its directory names it (MS-OFFCRYPTO 2.3.4). */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** A property of a message of Outlook, as its directory names it (MS-OXMSG 2.1.3). */
const MAIL = Buffer.from('__properties_version1.0', 'utf16le');
/** Archives that are not taken apart here: their first bytes, and where these stand. */
const OTHER_ARCHIVES: readonly (readonly [what: string, magic: Buffer, at?: number])[] = [
  ['7z', Buffer.from('377abcaf271c', 'hex')],
  ['RAR', Buffer.from('Rar!\x1a\x07', 'latin1')],
  ['XZ', Buffer.from('fd377a585a00', 'hex')],
  ['Zstandard', Buffer.from('28b52ffd', 'hex')],
  ['bzip2', Buffer.from('BZh91AY&SY', 'latin1')],
  ['tar', Buffer.from('ustar', 'latin1'), 257],
  ['cab', Buffer.from('MSCF\0\0\0\0', 'latin1')],
];

/** @throws FileUnreadable */
export async function refuseOtherBytes(head: Buffer, bytes: Bytes): Promise<void> {
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') throw new FileUnreadable('pdf_given');
  if (head.subarray(0, 5).toString('latin1') === '{\\rtf') throw new FileUnreadable('document_given', { what: 'RTF' });
  const archive = OTHER_ARCHIVES.find(([, magic, at = 0]) => head.subarray(at, at + magic.length).equals(magic));
  if (archive) throw new FileUnreadable('other_archive_given', { what: archive[0] });
  if (head.subarray(0, 4).equals(OLE2)) {
    if (await holds(bytes, MAIL)) throw new FileUnreadable('mail_given');
    throw new FileUnreadable((await holds(bytes, ENCRYPTED)) ? 'password_given' : 'old_excel_given');
  }
  // Before its lines are looked at: a web page often is one line.
  if (head[1] !== 0 && head[0] !== 0) refuseOtherText(head.toString('latin1').replace(/^ï»¿/, ''));
}

const HTML = /^\s{0,1000}<(?:!doctype\s+html|html|head|body|meta|table|style|script)\b/i;
const MIME = /^MIME-Version:/i;
const XML = /^\s{0,1000}<\?xml\b|^\s{0,1000}<(?:ss:)?Workbook\b/;

const MAIL_HEADER =
  /^(?:return-path|received|delivered-to|from|to|cc|subject|date|message-id|reply-to|x-[\w-]+|arc-[\w-]+|dkim-signature|authentication-results|mime-version|content-type):[ \t]/i;
const OF_MAIL = /^(?:from|received|return-path|message-id|delivered-to):[ \t]/im;
const OF_MAIL_TOO = /^(?:subject|date|to|message-id):[ \t]/im;

const ONLY_OF_MAIL = /^(?:received|return-path|message-id|delivered-to|mime-version|subject):/im;
/** A header, or what goes on of the one above. */
const OF_HEADER = /^(?:[\w-]+:|[ \t])/;

/** Whether the first line of a text has cells. */
function isOfCells(text: string): boolean {
  const [first = ''] = text.split(/\r?\n/, 1);
  return DELIMITERS.some((mark) => first.split(mark).length > 3);
}

/** Whether a text begins with the headers of a message, and is no web page that was saved as one. */
function isMail(head: string): boolean {
  if (!MAIL_HEADER.test(head)) return false;
  const [headers = '', body = ''] = head.split(/\r?\n\r?\n/, 2);
  // A table may begin with lines of a title, `Date: …`, and the headings behind them.
  if (!ONLY_OF_MAIL.test(headers) && isOfCells(headers.split(/\r?\n/).find((line) => !OF_HEADER.test(line)) ?? body))
    return false;
  return OF_MAIL.test(headers) && OF_MAIL_TOO.test(headers) && !/^(?:snapshot-)?content-location:/im.test(headers);
}

/** @throws FileUnreadable for a page or a document whose text begins so */
export function refuseOtherText(text: string): void {
  const head = text.slice(0, 4096).replace(/^\ufeff/, '');
  if (isMail(head)) throw new FileUnreadable('mail_given');
  if (HTML.test(head) || MIME.test(head)) throw new FileUnreadable('html_given');
  if (!XML.test(head)) return;
  if (/<office:document\b/.test(head)) throw new FileUnreadable('flat_ods_given');
  throw new FileUnreadable(/<html\b/i.test(head) ? 'html_given' : 'xml_given');
}

/** A document of another program in a zip archive, or one that asks for a password. */
export async function otherDocument(archive: ZipArchive): Promise<FileUnreadable | undefined> {
  if (archive.has('xl/workbook.bin')) return new FileUnreadable('xlsb_given');
  if (archive.some((name) => name === 'Index.zip' || /(?:^|\/)Index\/.*\.iwa$/.test(name)))
    return new FileUnreadable('numbers_given');
  if (archive.has('word/document.xml')) return new FileUnreadable('document_given', { what: 'Word' });
  if (archive.has('ppt/presentation.xml')) return new FileUnreadable('document_given', { what: 'PowerPoint' });
  if (!archive.has('mimetype')) return undefined;
  const manifest = 'META-INF/manifest.xml';
  if (archive.has(manifest) && (await holds(archive.bytes(manifest), Buffer.from('encryption-data'))))
    return new FileUnreadable('password_given');
  const text = await beginningOf(archive.bytes('mimetype'));
  const other = /opendocument\.(text|presentation|graphics)/.exec(text)?.[1];
  return other ? new FileUnreadable('document_given', { what: `OpenDocument (${other})` }) : undefined;
}

async function beginningOf(bytes: Bytes): Promise<string> {
  for await (const chunk of bytes.open()) return (chunk as Buffer).subarray(0, 200).toString('latin1');
  return '';
}

async function holds(bytes: Bytes, wanted: Buffer): Promise<boolean> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes.open()) {
    const piece = Buffer.concat([tail, chunk as Buffer]);
    if (piece.includes(wanted)) return true;
    tail = piece.subarray(Math.max(0, piece.length - wanted.length));
  }
  return false;
}
