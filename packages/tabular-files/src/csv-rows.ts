import { LONGEST_LINE, MOST_COLUMNS } from './limits.js';
import { RowShape } from './row-shape.js';
import { BATCH, isBlank, type Row } from './table.js';
import { FileUnreadable } from './unreadable.js';

/**
 * Reads CSV row by row: any line ends (mixed too), quoted line breaks, quotes inside unquoted cells, byte-order mark.
 * It is our own, since what a broken quotation mark means is decided here: a library gives the lines that it swallowed as
 * one, or ends. A quoted cell that goes over several lines is one only where it is closed well, its line has a width of the
 * table, and nothing that it holds is a line of the table by itself. What could be both, one cell or several lines, is cut:
 * each of its lines is given by itself, and said to be so. A mark that nothing closes is a sign of the text.
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
/** Signs behind a mark within which the one that closes it is looked for, before its lines are taken for lines. */
const FAR = 32_768;

interface Parsed {
  readonly cells: string[];
  /** Where the next line begins. */
  readonly next: number;
  readonly breaks: number;
  readonly mended?: true;
  readonly cut?: true;
}

class CsvReader {
  #rest = '';
  #line = 1;
  readonly #shape = new RowShape();
  #signs = new Signs('');
  /** Lines that are still to be given each by itself, as nobody can say what their quotation marks mean. */
  #cut = 0;

  constructor(private readonly delimiter: string) {}

  *take(piece: string, last: boolean): Generator<Row[]> {
    const text = this.#rest + piece;
    this.#signs = new Signs(text);
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
      const row = this.#rowOf(parsed, line, at > text.length);
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

  #rowOf({ cells, mended, cut }: Parsed, line: number, unended: boolean): Row | undefined {
    if (cells.length > MOST_COLUMNS)
      throw new FileUnreadable('too_many_columns', { line, count: cells.length, most: MOST_COLUMNS }, line);
    if (isBlank(cells)) return undefined;
    if (!cut) this.#shape.learn(cells.length);
    return {
      line,
      cells,
      ...(mended ? { mended } : {}),
      ...(cut ? { cut } : {}),
      ...(unended ? { unended: true as const } : {}),
    };
  }

  /** One line of the table; undefined where it does not end in what has come. */
  #parse(text: string, from: number, end: number, last: boolean): Parsed | undefined {
    const lineEnd = this.#signs.breakAfter(from);
    const written = text.slice(from, lineEnd);
    if (this.#cut > 0) {
      this.#cut--;
      return { cells: this.#cellsOf(written), next: afterBreak(text, lineEnd), breaks: 1, cut: true };
    }
    if (this.#signs.mark.from(from) >= lineEnd)
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
      const quoted = text[at] === '"' ? this.#quotedCell(text, from, at, end, last, cells.length) : undefined;
      if (quoted === 'more') return undefined;
      if (quoted === 'cut') return this.#parse(text, from, end, last);
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
    row: number,
    from: number,
    end: number,
    last: boolean,
    before: number,
  ): { text: string; after: number; breaks: number } | 'more' | 'cut' | undefined {
    const near = Math.min(end, from + FAR);
    let at = from + 1;
    for (let looked = false; ; ) {
      const mark = text.indexOf('"', at);
      const closed = mark >= 0 && mark < end;
      if (!looked && (!closed || mark >= near)) {
        if (!last && end - from < FAR) return 'more';
        if (
          this.#linesWithin(text, from, near)
            .slice(1)
            .some((line) => this.#shape.isLine(this.#cellsOf(line)))
        )
          return undefined;
        looked = true;
      }
      if (!closed) {
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
      if (!closes) return undefined;
      const inside = text.slice(from + 1, mark);
      const breaks = breaksIn(inside);
      if (breaks > 0 && this.#mayBeLines(text, from, mark, before)) {
        this.#cut = 1 + breaksIn(text.slice(row, mark));
        return 'cut';
      }
      return { text: inside.replaceAll('""', '"'), after: mark + 1, breaks };
    }
  }

  /** Whether a cell of several lines may as well be lines of the table whose quotation marks are signs of their text. */
  #mayBeLines(text: string, from: number, mark: number, before: number): boolean {
    const begins = lineBefore(text, from);
    const lastBegins = lineBefore(text, mark);
    const lastEnd = breakAfter(text, mark);
    const within = this.#linesWithin(text, from + 1, mark).map((line) => line.split(this.delimiter));
    const [first, last] = [text.slice(begins, breakAfter(text, from)), text.slice(lastBegins, lastEnd)];
    return this.#shape.mayBeLines({
      within,
      first: this.#cellsOf(first),
      last: this.#cellsOf(last),
      width: before + this.#cellsFrom(text, mark),
    });
  }

  /** How many cells a line has from the quoted one that is closed here, where those behind it may go over several lines too. */
  #cellsFrom(text: string, mark: number): number {
    let count = 1;
    for (let at = mark + 1; text.startsWith(this.delimiter, at); count++) {
      at += this.delimiter.length;
      const closing = text[at] === '"' ? closingMark(text, at, this.delimiter, at + FAR) : -1;
      const next = text.indexOf(this.delimiter, at);
      const lineEnd = breakAfter(text, at);
      at = closing >= 0 ? closing + 1 : next < 0 || next > lineEnd ? lineEnd : next;
    }
    return count;
  }

  /** The cells of one line by itself; a mark that is not closed on it is a sign of its text. */
  #cellsOf(line: string): string[] {
    if (!line.includes('"')) return line.split(this.delimiter);
    const cells: string[] = [];
    for (let at = 0; ; at += this.delimiter.length) {
      const end = line[at] === '"' ? closingMark(line, at, this.delimiter) : -1;
      const next = end >= 0 ? end + 1 : line.indexOf(this.delimiter, at);
      const until = next < 0 ? line.length : next;
      cells.push(end >= 0 ? line.slice(at + 1, end).replaceAll('""', '"') : line.slice(at, until));
      if (until >= line.length) return cells;
      at = until;
    }
  }

  #linesWithin(text: string, from: number, until: number): string[] {
    const lines: string[] = [];
    for (let at = from; at < until; ) {
      const lineEnd = Math.min(breakAfter(text, at), until);
      lines.push(text.slice(at, lineEnd));
      at = afterBreak(text, lineEnd);
    }
    return lines;
  }
}

/** Where a sign stands next in a text, behind its end where nowhere: looked for once, however often it is asked for. */
class NextSign {
  #looked = 0;
  #found = -1;

  constructor(
    private readonly text: string,
    private readonly sign: string,
  ) {}

  from(at: number): number {
    if (at < this.#looked || at > this.#found) {
      const found = this.text.indexOf(this.sign, at);
      this.#looked = at;
      this.#found = found < 0 ? this.text.length : found;
    }
    return this.#found;
  }
}

/** The signs that lines are cut by. */
class Signs {
  readonly mark: NextSign;
  readonly #feed: NextSign;
  readonly #carriageReturn: NextSign;

  constructor(text: string) {
    this.mark = new NextSign(text, '"');
    this.#feed = new NextSign(text, '\n');
    this.#carriageReturn = new NextSign(text, '\r');
  }

  breakAfter(from: number): number {
    return Math.min(this.#feed.from(from), this.#carriageReturn.from(from));
  }
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

/** Where the line begins on which something stands. */
function lineBefore(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
}

/** Where the cell that opens here is closed, before a separator or the end of a line. */
function closingMark(text: string, from: number, delimiter: string, until = text.length): number {
  for (let at = text.indexOf('"', from + 1); at >= 0 && at < until; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] === '"') continue;
    return at + 1 >= text.length || isBreak(text, at + 1) || text.startsWith(delimiter, at + 1) ? at : -1;
  }
  return -1;
}

/** Behind the line end that begins here. */
function afterBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}

function breaksIn(text: string): number {
  return text.includes('\n') || text.includes('\r') ? (text.match(/\r\n|\n|\r/g)?.length ?? 0) : 0;
}
