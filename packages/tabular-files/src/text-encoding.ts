import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { LONGEST_LINE } from './limits.js';
import { tellsOf } from './strange-byte.js';
import { FileUnreadable } from './unreadable.js';

/** What one look at every byte of a text tells. */
export interface TextProfile {
  readonly encoding: string;
  /** No byte of it is above 0x7f, so it is the same in any of our encodings but UTF-16. */
  readonly ascii: boolean;
  /** A byte that Windows-1252 has no use for within a word, where one is. */
  readonly strange?: number;
  readonly bytes: number;
  /** Line feeds, or carriage returns where there is no line feed. */
  readonly lines: number;
  /** The first bytes, enough for the headings and some lines. */
  readonly head: Buffer;
}

const HEAD_BYTES = 256 * 1024;

/**
 * Finds the encoding: a byte-order mark decides; else UTF-16 by its zeros, UTF-8 where every byte agrees, ISO-8859-15
 * where € is 0xA4 and nothing stands where Windows-1252 has its own signs, and Windows-1252 for the rest.
 * @throws FileUnreadable for what is no text, and for a line that is too long to be one
 */
export async function examineText(bytes: AsyncIterable<Buffer>): Promise<TextProfile> {
  const seen = new ByteHistogram();
  const heads: Buffer[] = [];
  let total = 0;
  for await (const chunk of bytes) {
    if (total < HEAD_BYTES) heads.push(chunk.subarray(0, HEAD_BYTES - total));
    total += chunk.length;
    seen.add(chunk);
  }
  const head = Buffer.concat(heads);
  if (total === 0) throw new FileUnreadable('file_empty');
  const encoding = seen.encoding(head);
  const strange = encoding === 'windows-1252' || encoding === 'iso-8859-15' ? seen.strange : undefined;
  return {
    encoding,
    ascii: seen.ascii,
    bytes: total,
    lines: seen.lines,
    head,
    ...(strange === undefined ? {} : { strange }),
  };
}

/** Three of each four bytes are zeros, which those of a byte-order mark may begin. */
function isUtf32(head: Buffer): boolean {
  const start = head.subarray(0, 400 - (400 % 4));
  if (start.length < 8) return false;
  const zeros = [0, 1, 2, 3].map((at) => start.filter((byte, i) => i % 4 === at && byte === 0).length);
  const [a = 0, b = 0, c = 0, d = 0] = zeros;
  const most = Math.floor(start.length / 4) * 0.9;
  return (c >= most && d >= most && a < most) || (a >= most && b >= most && d < most);
}

class ByteHistogram {
  readonly #high = new Uint32Array(256);
  ascii = true;
  #utf8 = true;
  #carry: Buffer = Buffer.alloc(0);
  #zeros = 0;
  #feeds = 0;
  #returns = 0;
  #sinceBreak = 0;
  #position = 0;
  #evenZeros = 0;
  #before = 0;
  #earlier = 0;
  #never: number | undefined;
  #hardly: number | undefined;
  #isFrench = false;

  /** The first byte that stands within a word and is no letter of Windows-1252 there, but where others show that it is that. */
  get strange(): number | undefined {
    return this.#never ?? (this.#isFrench ? undefined : this.#hardly);
  }

  get lines(): number {
    return this.#feeds || this.#returns;
  }

  add(chunk: Buffer): void {
    this.#countLines(chunk);
    const plain = isAscii(chunk);
    if (!plain) this.ascii = false;
    if (!plain || chunk.includes(0)) for (const byte of chunk) this.#count(byte);
    else this.#position += chunk.length;
    if (this.#utf8) this.#checkUtf8(chunk);
  }

  encoding(head: Buffer): string {
    if (isUtf32(head)) throw new FileUnreadable('encoding_unreadable.utf32');
    if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
    if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
    if (this.#zeros > 0) return this.#ofZeros();
    if (this.#utf8 && this.#carry.length === 0) return 'utf-8';
    const ownSigns = this.#high.subarray(0x80, 0xa0).some((count) => count > 0);
    const latin9 = [0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe].some((byte) => (this.#high[byte] ?? 0) > 0);
    return !ownSigns && latin9 ? 'iso-8859-15' : 'windows-1252';
  }

  /** Half of a UTF-16 text of our letters is zeros, all on the same side; anything else is no text. */
  #ofZeros(): string {
    const odd = this.#zeros - this.#evenZeros;
    if (odd > this.#position / 4 && this.#evenZeros < odd / 50) return 'utf-16le';
    if (this.#evenZeros > this.#position / 4 && odd < this.#evenZeros / 50) return 'utf-16be';
    const someNuls = this.#zeros < this.#position / 20;
    throw new FileUnreadable(someNuls ? 'binary_given.nul' : 'binary_given');
  }

  #count(byte: number): void {
    if (byte >= 0x80) this.#high[byte] = (this.#high[byte] ?? 0) + 1;
    else if (byte === 0) {
      this.#zeros++;
      if (this.#position % 2 === 0) this.#evenZeros++;
    }
    if (this.#before >= 0x80) this.#look(this.#earlier, this.#before, byte);
    this.#earlier = this.#before;
    this.#before = byte;
    this.#position++;
  }

  #look(before: number, byte: number, after: number): void {
    const tells = tellsOf(before, byte, after);
    if (tells === 'french') this.#isFrench = true;
    else if (tells === 'never') this.#never ??= byte;
    else if (tells === 'hardly') this.#hardly ??= byte;
  }

  #countLines(chunk: Buffer): void {
    const mark = chunk.includes(10) ? 10 : 13;
    let from = 0;
    for (let at = chunk.indexOf(mark); at >= 0; at = chunk.indexOf(mark, from)) {
      if (mark === 10) this.#feeds++;
      else this.#returns++;
      this.#lengthen(at - from);
      this.#sinceBreak = 0;
      from = at + 1;
    }
    this.#lengthen(chunk.length - from);
  }

  #lengthen(bytes: number): void {
    this.#sinceBreak += bytes;
    if (this.#sinceBreak > LONGEST_LINE) {
      const line = this.lines + 1;
      throw new FileUnreadable('line_too_long', { line, most: LONGEST_LINE });
    }
  }

  #checkUtf8(chunk: Buffer): void {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk;
    const end = completeUpTo(bytes);
    this.#utf8 = isUtf8(bytes.subarray(0, end));
    this.#carry = bytes.subarray(end);
  }
}

/** Where the last whole UTF-8 character ends: at most three bytes may wait for the next chunk. */
function completeUpTo(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
    if (byte < 0x80) return bytes.length;
  }
  return bytes.length;
}

/** Lines of a text that are UTF-8 with letters of more than one byte, and lines that are no UTF-8. */
export interface MixedLines {
  readonly utf8: number;
  readonly others: number;
  /** The first that is no UTF-8. */
  readonly line: number;
  /** A byte of theirs that Windows-1252 has no use for within a word. */
  readonly strange?: number;
}

/** Looks at each line by itself: a file whose lines are UTF-8 but for a few was put together from several. */
export async function examineLines(bytes: AsyncIterable<Buffer>): Promise<MixedLines> {
  let utf8 = 0;
  let others = 0;
  let first = 0;
  let line = 0;
  const seen = new ByteHistogram();
  for await (const block of wholeLines(bytes))
    for (const one of linesOf(block)) {
      line++;
      if (isAscii(one)) continue;
      if (isOurUtf8(one)) utf8++;
      else {
        others++;
        first ||= line;
        seen.add(one);
      }
    }
  return { utf8, others, line: first, ...(seen.strange === undefined ? {} : { strange: seen.strange }) };
}

/** Letters and signs of Latin scripts alone: `éŒŒ` in Windows-1252 is, by its bytes, a Chinese character of UTF-8. */
const OUR_SIGNS = /^[^\u0180-\u02ff\u0370-\u1fff\u2200-\ufefe\uff00-\uffff]*$/;

function isOurUtf8(line: Buffer): boolean {
  return isUtf8(line) && OUR_SIGNS.test(line.toString('utf8'));
}

/** UTF-8 in which some lines are of another encoding: each line is decoded for itself. */
export async function* mixedAsUtf8(bytes: AsyncIterable<Buffer>, other: string): AsyncGenerator<Buffer> {
  const decode = decoderOf(other);
  for await (const block of wholeLines(bytes)) {
    if (isUtf8(block)) yield block;
    else
      yield Buffer.concat(
        [...linesOf(block)].map((line) => (isAscii(line) || isOurUtf8(line) ? line : Buffer.from(decode(line)))),
      );
  }
}

function decoderOf(encoding: string): (bytes: Buffer) => string {
  if (encoding === 'cp850') return (bytes) => iconv.decode(bytes, encoding);
  // As a stream: decoded at once, Node 20 takes Windows-1252 for Latin-1 and makes controls of € and Œ.
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes, { stream: true });
}

async function* wholeLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = Math.max(all.lastIndexOf(10), all.lastIndexOf(13)) + 1;
    if (end > 0) yield all.subarray(0, end);
    rest = all.subarray(end);
  }
  if (rest.length > 0) yield rest;
}

/** The lines of a block with their ends. */
function* linesOf(block: Buffer): Generator<Buffer> {
  for (let from = 0; from < block.length; ) {
    const feed = block.indexOf(10, from);
    const until = feed < 0 ? block.length : feed;
    const back = block.subarray(from, until).indexOf(13);
    const end = back >= 0 && from + back + 1 !== feed ? from + back + 1 : feed < 0 ? block.length : feed + 1;
    yield block.subarray(from, end);
    from = end;
  }
}

/** Bytes as UTF-8 buffers, which is what the parser reads; UTF-8 itself passes as it is. */
export async function* asUtf8(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    yield* bytes;
    return;
  }
  for await (const text of decodeText(bytes, encoding)) yield Buffer.from(text, 'utf8');
}

/** Decodes a stream of bytes; a byte that the encoding does not have is refused, not replaced. */
export async function* decodeText(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  if (encoding === 'cp850') {
    const dos = iconv.getDecoder(encoding);
    for await (const chunk of bytes) yield dos.write(chunk);
    yield dos.end() ?? '';
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
      ? new FileUnreadable('encoding_unreadable', { encoding })
      : error;
  }
}
