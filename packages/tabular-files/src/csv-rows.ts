import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { LONGEST_LINE, MOST_COLUMNS } from './limits.js';
import { BATCH, isBlank, type Row } from './table.js';
import { FileUnreadable } from './unreadable.js';

/**
 * Reads CSV row by row: any line ends (mixed too), quoted line breaks, quotes inside unquoted cells, byte-order mark.
 * @param bytes UTF-8
 */
export async function* readCsvRows(bytes: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<Row[]> {
  const parser = parse({
    delimiter,
    bom: true,
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
  let line = 1;
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

export function tooManyColumns(count: number, line: number): FileUnreadable {
  return new FileUnreadable(
    'too_many_columns',
    `line ${line} has ${count} columns, at most ${MOST_COLUMNS} are read; export fewer columns`,
    line,
  );
}

function unreadable(error: CsvError, line: number): FileUnreadable {
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? new FileUnreadable(
        'line_too_long',
        `from line ${line} on more than ${LONGEST_LINE} bytes make one line: a quotation mark is not closed, or it is no table`,
        line,
      )
    : new FileUnreadable(
        'quote_not_closed',
        `the quotation mark that begins on line ${line} is not closed; close it`,
        line,
      );
}

function breaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return breaks;
}
