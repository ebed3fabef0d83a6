import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { LONGEST_LINE, MOST_COLUMNS } from './limits.js';
import { BATCH, isBlank, type Row } from './table.js';
import { FileUnreadable } from './unreadable.js';

/**
 * Reads CSV row by row: any line ends (mixed too), quoted line breaks, quotes inside unquoted cells, byte-order mark.
 * Most exports have no quotation mark at all: up to the first one, lines and cells are cut where their marks stand, at a
 * third of the parser's cost; from there on the parser reads.
 * @param bytes UTF-8
 */
export async function* readCsvRows(bytes: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<Row[]> {
  const decoder = new TextDecoder('utf-8');
  const pieces = inPieces(bytes);
  let rest = '';
  let line = 1;
  try {
    for (;;) {
      const { done, value } = await pieces.next();
      const text = rest + (done ? decoder.decode() : decoder.decode(value, { stream: true }));
      if (text.includes('"')) {
        yield* parseRows(remaining(text, pieces, decoder), delimiter, line);
        return;
      }
      const end = done ? text.length : endOfLines(text);
      rest = text.slice(end);
      if (rest.length > LONGEST_LINE) throw lineTooLong(line);
      line = yield* cutRows(text.slice(0, end), delimiter, line);
      if (done) return;
    }
  } finally {
    await pieces.return(undefined);
  }
}

/** So much text is cut at once: whoever waits for the event loop waits no longer than that takes. */
const PIECE = 65_536;

async function* inPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
  }
}

/** Where the last whole line ends; a carriage return at the very end may be half of a line end. */
function endOfLines(text: string): number {
  const from = text.endsWith('\r') ? text.length - 2 : text.length - 1;
  return Math.max(text.lastIndexOf('\n', from), text.lastIndexOf('\r', from)) + 1;
}

function linesOf(text: string): string[] {
  return text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
}

/** @returns the number of the line that comes next */
function* cutRows(text: string, delimiter: string, from: number): Generator<Row[], number> {
  let batch: Row[] = [];
  let line = from;
  for (const written of linesOf(text)) {
    const cells = written.split(delimiter);
    if (cells.length > MOST_COLUMNS) throw tooManyColumns(cells.length, line);
    if (!isBlank(cells)) batch.push({ line, cells });
    line++;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
  // Behind the last line end stands the beginning of the next line.
  return line - 1;
}

/** What is not read yet, as bytes again. */
async function* remaining(
  text: string,
  pieces: AsyncIterator<Buffer>,
  decoder: InstanceType<typeof TextDecoder>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
  for (;;) {
    const { done, value } = await pieces.next();
    yield Buffer.from(done ? decoder.decode() : decoder.decode(value, { stream: true }));
    if (done) return;
  }
}

async function* parseRows(bytes: AsyncIterable<Buffer>, delimiter: string, from: number): AsyncGenerator<Row[]> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: LONGEST_LINE,
    // Read on in large steps; the parser hands it to its stream, though its types do not know it.
    ...({ readableHighWaterMark: BATCH } as object),
  });
  const source = Readable.from(bytes, { objectMode: false });
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = from;
  let batch: Row[] = [];
  try {
    for await (const item of parser) {
      const cells = item as string[];
      const at = line;
      line += 1 + breaksIn(cells);
      if (cells.length > MOST_COLUMNS) throw tooManyColumns(cells.length, at);
      if (isBlank(cells)) continue;
      batch.push({ line: at, cells });
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    // What was read before is given first: whoever takes lines says how far it got.
    if (batch.length > 0) yield batch;
    throw error instanceof CsvError ? unreadable(error, line) : error;
  } finally {
    source.destroy();
  }
  if (batch.length > 0) yield batch;
}

function tooManyColumns(count: number, line: number): FileUnreadable {
  return new FileUnreadable('too_many_columns', { line, count, most: MOST_COLUMNS }, line);
}

function unreadable(error: CsvError, line: number): FileUnreadable {
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? lineTooLong(line)
    : new FileUnreadable('quote_not_closed', { line }, line);
}

function lineTooLong(line: number): FileUnreadable {
  return new FileUnreadable('line_too_long', { line, most: LONGEST_LINE }, line);
}

function breaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return breaks;
}
