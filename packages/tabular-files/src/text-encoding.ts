import { isAscii, isUtf8 } from 'node:buffer';
import { LONGEST_LINE } from './limits.js';
import { FileUnreadable } from './unreadable.js';

/** What one look at every byte of a text tells. */
export interface TextProfile {
  readonly encoding: string;
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
  return { encoding: seen.encoding(head), bytes: total, lines: seen.lines, head };
}

class ByteHistogram {
  readonly #high = new Uint32Array(256);
  #utf8 = true;
  #carry: Buffer = Buffer.alloc(0);
  #zeros = 0;
  #feeds = 0;
  #returns = 0;
  #sinceBreak = 0;
  #position = 0;
  #evenZeros = 0;

  get lines(): number {
    return this.#feeds || this.#returns;
  }

  add(chunk: Buffer): void {
    this.#countLines(chunk);
    if (!isAscii(chunk) || chunk.includes(0)) for (const byte of chunk) this.#count(byte);
    else this.#position += chunk.length;
    if (this.#utf8) this.#checkUtf8(chunk);
  }

  encoding(head: Buffer): string {
    if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return this.#ofBom('utf-8');
    if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
    if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
    if (this.#zeros > 0) return this.#ofZeros();
    if (this.#utf8 && this.#carry.length === 0) return 'utf-8';
    const ownSigns = this.#high.subarray(0x80, 0xa0).some((count) => count > 0);
    const latin9 = [0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe].some((byte) => (this.#high[byte] ?? 0) > 0);
    return !ownSigns && latin9 ? 'iso-8859-15' : 'windows-1252';
  }

  #ofBom(label: string): string {
    if (this.#utf8 && this.#carry.length === 0) return label;
    throw new FileUnreadable('encoding_unreadable', { encoding: label });
  }

  /** Half of a UTF-16 text of our letters is zeros, all on the same side; anything else is no text. */
  #ofZeros(): string {
    const odd = this.#zeros - this.#evenZeros;
    if (odd > this.#position / 4 && this.#evenZeros < odd / 50) return 'utf-16le';
    if (this.#evenZeros > this.#position / 4 && odd < this.#evenZeros / 50) return 'utf-16be';
    throw new FileUnreadable('binary_given');
  }

  #count(byte: number): void {
    if (byte >= 0x80) this.#high[byte] = (this.#high[byte] ?? 0) + 1;
    else if (byte === 0) {
      this.#zeros++;
      if (this.#position % 2 === 0) this.#evenZeros++;
    }
    this.#position++;
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
