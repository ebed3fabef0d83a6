import { Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { Problem } from '../http/problem.js';

/** A line below the heading: its number in the file (1 is the heading) and its cells by heading. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Set when the line has not as many cells as the heading. */
  readonly misshapen?: string;
}

const LONGEST_LINE = 1_000_000;

/**
 * Reads CSV in UTF-8 (BOM or not, `;` or `,` as the heading shows) row by row, in the memory of a few rows.
 * @throws Problem 422 where the file as a whole cannot be read: not UTF-8, columns missing, broken quotes.
 */
export async function* readCsv(bytes: AsyncIterable<Buffer>, columns: readonly string[]): AsyncGenerator<CsvRow> {
  const { text, delimiter } = await peekDelimiter(decodeText(bytes, 'utf-8'));
  yield* readRows(text, delimiter, columns);
}

/** Reads decoded CSV with a known delimiter. @throws as `readCsv` */
export async function* readRows(
  text: AsyncIterable<string>,
  delimiter: string,
  columns: readonly string[],
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_LINE,
  });
  const source = Readable.from(text);
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let heading: string[] | undefined;
  try {
    for await (const item of parser) {
      const { record, info } = item as { record: string[]; info: Info };
      if (!heading) {
        heading = record.map((cell) => cell.trim());
        requireColumns(heading, columns);
        continue;
      }
      yield toRow(heading, record, info.lines);
    }
  } catch (error) {
    throw error instanceof CsvError
      ? new Problem(422, 'file-unreadable', 'The file cannot be read', {
          detail: `${error.message}; lines above were taken: mend this one and send the whole file again, no line is taken twice`,
        })
      : error;
  } finally {
    source.destroy();
  }
  if (!heading)
    throw new Problem(422, 'file-empty', 'The file is empty', {
      detail: `the first line must name the columns: ${columns.join(', ')}`,
    });
}

function toRow(heading: readonly string[], record: readonly string[], lastLine: number): CsvRow {
  const inside = record.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0);
  const cells = Object.fromEntries(heading.map((name, i) => [name, record[i] ?? '']));
  const line = lastLine - inside;
  return record.length === heading.length
    ? { line, cells }
    : { line, cells, misshapen: `${record.length} cells under ${heading.length} headings` };
}

function requireColumns(heading: readonly string[], columns: readonly string[]): void {
  const missing = columns.filter((column) => !heading.includes(column));
  if (missing.length === 0) return;
  throw new Problem(422, 'columns-missing', 'Columns are missing', {
    detail: `the heading must name ${columns.join(', ')}; it names ${heading.join(', ')}`,
    errors: missing.map((column) => ({ pointer: `/${column}`, detail: `no column ${column}` })),
  });
}

/** Decodes a stream of bytes; a byte that the encoding does not have is refused, not replaced. */
export async function* decodeText(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw error instanceof TypeError
      ? new Problem(422, 'encoding-wrong', `The file is not ${encoding}`, {
          detail: `save it in ${encoding} and send it again`,
        })
      : error;
  }
}

/** The heading line tells the delimiter: whichever of `;` and `,` it has more of. */
async function peekDelimiter(
  text: AsyncGenerator<string>,
): Promise<{ text: AsyncGenerator<string>; delimiter: string }> {
  let head = '';
  for (let next = await text.next(); !next.done; next = await text.next()) {
    head += next.value;
    if (head.includes('\n') || head.length > LONGEST_LINE) break;
  }
  const heading = head.split('\n', 1)[0] ?? '';
  const delimiter = heading.split(';').length >= heading.split(',').length ? ';' : ',';
  return {
    delimiter,
    text: (async function* () {
      yield head;
      yield* text;
    })(),
  };
}
