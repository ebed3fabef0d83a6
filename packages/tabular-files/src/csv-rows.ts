import { LONGEST_LINE, MOST_COLUMNS } from './limits.js';
import { BATCH, isBlank, type Row } from './table.js';
import { FileUnreadable } from './unreadable.js';

/**
 * Reads CSV row by row: any line ends (mixed too), quoted line breaks, quotes inside unquoted cells, byte-order mark.
 * It is our own, since what a broken quotation mark means is decided here: a library gives the lines that it swallowed as
 * one, or ends. A quoted cell that goes over several lines is one only where it is closed well and swallows no line that
 * looks like one of the table; else its first mark is a sign of the text, and its lines are lines.
 * @param bytes UTF-8
 */
export async function* readCsvRows(bytes: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<Row[]> {
  const decoder = new TextDecoder('utf-8');
  const reader = new CsvReader(delimiter);
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE)
      yield* reader.take(decoder.decode(chunk.subarray(at, at + PIECE), { stream: true }), false);
  }
  yield* reader.take(decoder.decode(), true);
}

/** So much text is cut at once: whoever waits for the event loop waits no longer than that takes. */
const PIECE = 65_536;
/** Rows from which the width of the table is learnt. */
const FIRST_ROWS = 30;

interface Parsed {
  readonly cells: string[];
  /** Where the next line begins. */
  readonly next: number;
  readonly breaks: number;
  readonly mended?: true;
}

class CsvReader {
  #rest = '';
  #line = 1;
  #rows = 0;
  #width = 0;

  constructor(private readonly delimiter: string) {}

  *take(piece: string, last: boolean): Generator<Row[]> {
    const text = this.#rest + piece;
    const end = last ? text.length : endOfLines(text);
    let batch: Row[] = [];
    let at = 0;
    while (at < end) {
      const parsed = this.#parse(text, at, end, last);
      // A quoted cell that goes on: it is read again with what comes.
      if (!parsed) break;
      at = parsed.next;
      const line = this.#line;
      this.#line += parsed.breaks;
      const row = this.#rowOf(parsed, line);
      if (row) batch.push(row);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
    this.#rest = text.slice(at);
    if (this.#rest.length > LONGEST_LINE)
      throw new FileUnreadable('line_too_long', { line: this.#line, most: LONGEST_LINE }, this.#line);
  }

  #rowOf({ cells, mended }: Parsed, line: number): Row | undefined {
    if (cells.length > MOST_COLUMNS)
      throw new FileUnreadable('too_many_columns', { line, count: cells.length, most: MOST_COLUMNS }, line);
    if (isBlank(cells)) return undefined;
    if (this.#rows++ < FIRST_ROWS) this.#width = Math.max(this.#width, cells.length);
    return { line, cells, ...(mended ? { mended } : {}) };
  }

  /** One line of the table; undefined where it does not end in what has come. */
  #parse(text: string, from: number, end: number, last: boolean): Parsed | undefined {
    const lineEnd = breakAfter(text, from);
    const written = text.slice(from, lineEnd);
    if (!written.includes('"'))
      return { cells: written.split(this.delimiter), next: afterBreak(text, lineEnd), breaks: 1 };
    return this.#parseQuoted(text, from, lineEnd, end, last);
  }

  #parseQuoted(text: string, from: number, firstEnd: number, end: number, last: boolean): Parsed | undefined {
    const cells: string[] = [];
    let lineEnd = firstEnd;
    let breaks = 1;
    let mended = false;
    let at = from;
    for (;;) {
      const quoted = text[at] === '"' ? this.#quotedCell(text, at, end, last, cells.length) : undefined;
      if (quoted === 'more') return undefined;
      if (quoted) {
        cells.push(quoted.text);
        breaks += quoted.breaks;
        at = quoted.after;
        if (quoted.breaks > 0) lineEnd = breakAfter(text, at);
      } else {
        if (text[at] === '"' && !closesOnItsLine(text, at, lineEnd)) mended = true;
        const next = text.indexOf(this.delimiter, at);
        const cellEnd = next < 0 || next > lineEnd ? lineEnd : next;
        cells.push(text.slice(at, cellEnd));
        at = cellEnd;
      }
      if (at >= lineEnd) return { cells, next: afterBreak(text, lineEnd), breaks, ...(mended ? { mended } : {}) };
      at += this.delimiter.length;
    }
  }

  /** The cell that a quotation mark opens; undefined where the mark is a sign of the text. */
  #quotedCell(
    text: string,
    from: number,
    end: number,
    last: boolean,
    before: number,
  ): { text: string; after: number; breaks: number } | 'more' | undefined {
    let at = from + 1;
    for (;;) {
      const mark = text.indexOf('"', at);
      if (mark < 0 || mark >= end) {
        if (this.#swallows(text, from, Math.min(end, text.length))) return undefined;
        if (!last) return 'more';
        // Never closed: on one line it is a sign of the text, over several nobody can say what it swallowed.
        if (breakAfter(text, from) >= text.trimEnd().length) return undefined;
        throw new FileUnreadable('quote_not_closed', { line: this.#line }, this.#line);
      }
      if (text[mark + 1] === '"') {
        at = mark + 2;
        continue;
      }
      const closes =
        mark + 1 >= text.length ? last : text.startsWith(this.delimiter, mark + 1) || isBreak(text, mark + 1);
      if (mark + 1 >= text.length && !last) return 'more';
      if (!closes || this.#swallows(text, from, mark) || this.#joinsTwo(text, from, mark, before)) return undefined;
      const inside = text.slice(from + 1, mark);
      return { text: inside.replaceAll('""', '"'), after: mark + 1, breaks: breaksIn(inside) };
    }
  }

  /** Whether what a quoted cell holds below its first line looks like a line of the table. */
  #swallows(text: string, from: number, until: number): boolean {
    if (this.#width < 2) return false;
    for (let at = afterBreak(text, breakAfter(text, from)); at < until; ) {
      const lineEnd = breakAfter(text, at);
      const cells = text.slice(at, Math.min(lineEnd, until)).split(this.delimiter);
      if (cells.length >= this.#width && cells.filter((cell) => cell.trim() !== '').length * 2 > this.#width)
        return true;
      at = afterBreak(text, lineEnd);
    }
    return false;
  }

  /**
   * Whether a quoted cell joins two lines of the table: its first line, with the `before` cells that stand before it, is as
   * wide as the table, and so is the line on which it is closed.
   */
  #joinsTwo(text: string, from: number, mark: number, before: number): boolean {
    const firstEnd = breakAfter(text, from);
    if (this.#width < 2 || firstEnd >= mark) return false;
    const rest = text.slice(from, firstEnd).split(this.delimiter);
    if (rest.length < 2 || before + rest.length !== this.#width || !mostAreFilled(rest)) return false;
    const lastBegins = Math.max(text.lastIndexOf('\n', mark), text.lastIndexOf('\r', mark)) + 1;
    const last = text.slice(lastBegins, breakAfter(text, mark)).split(this.delimiter);
    return last.length === this.#width && mostAreFilled(last);
  }
}

function mostAreFilled(cells: readonly string[]): boolean {
  return cells.filter((cell) => cell.trim() !== '').length * 2 > cells.length;
}

/** A mark that is closed somewhere on its own line (`"Excel" niveau 1`) harms nobody. */
function closesOnItsLine(text: string, from: number, lineEnd: number): boolean {
  const next = text.indexOf('"', from + 1);
  return next >= 0 && next < lineEnd;
}

/** Where the last whole line ends; a carriage return at the very end may be half of a line end. */
function endOfLines(text: string): number {
  const from = text.endsWith('\r') ? text.length - 2 : text.length - 1;
  return Math.max(text.lastIndexOf('\n', from), text.lastIndexOf('\r', from)) + 1;
}

function isBreak(text: string, at: number): boolean {
  return text[at] === '\n' || text[at] === '\r';
}

function breakAfter(text: string, from: number): number {
  BREAK.lastIndex = from;
  return BREAK.exec(text)?.index ?? text.length;
}
const BREAK = /[\r\n]/g;

/** Behind the line end that begins here. */
function afterBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}

function breaksIn(text: string): number {
  return text.includes('\n') || text.includes('\r') ? (text.match(/\r\n|\n|\r/g)?.length ?? 0) : 0;
}
